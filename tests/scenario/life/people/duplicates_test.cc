// Two analysts and a webhook post the same outage: one alert.
#include <array>
#include <thread>

#include "base/ulid.h"
#include "tests/scenario/life/life_scene.h"
#include "wardcast/v1/alert_service.grpc.pb.h"

namespace wardcast::testing {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;

class SameOutage : public LifeScene {
 protected:
  SameOutage() : LifeScene("2026-03-03T20:52:00Z") {}  // Tuesday 13:52 at the main campus

  std::vector<v1::Alert> Open() {
    const auto list = Answer<v1::ListAlertsResponse>({"list"});
    return {list.alerts().begin(), list.alerts().end()};
  }
};

TEST_F(SameOutage, PostedByTwoAnalystsAndTwoWebhooksIsOneAlert) {
  Employ("ann", {"service-desk"});
  Employ("bob", {"service-desk"});
  Install("nagios", {"--role", "publisher"});
  Install("grafana", {"--role", "publisher"});
  const Words outage{"--template", "outage", "--service", "lab-results", "--ward", "4w"};

  // 13:52 Monitoring is the first.
  Words posted = outage;
  posted.insert(posted.end(), {"--source-key", "nagios/lab-results"});
  const v1::Alert first = Publish(posted, "nagios");
  EXPECT_EQ(first.state(), v1::State::ACTIVE);

  // 13:53 Ann posts what she hears on the phone: she is told of the open one, and updates it.
  Later(1min);
  Words by_ann = outage;
  by_ann.insert(by_ann.begin(), "publish");
  const CommandEnd told = Wardcast(by_ann, "ann");
  EXPECT_EQ(told.code, 1);
  EXPECT_THAT(told.said, HasSubstr("Orders and results (lab) has an open notice since"));
  EXPECT_THAT(told.said, HasSubstr("13:52"));
  EXPECT_THAT(told.said, HasSubstr(first.id()));
  const auto updated =
      Answer<v1::UpdateAlertResponse>({"publish", "--service", "lab-results", "--impact",
                                       "Printing of labels works", "--update-open"},
                                      "ann");
  EXPECT_EQ(updated.alert().id(), first.id());
  EXPECT_EQ(updated.alert().impact(), "Printing of labels works");

  // 13:54 Bob has not looked either. The other monitor attaches by itself, and changes nothing.
  Later(1min);
  EXPECT_EQ(Wardcast(by_ann, "bob").code, 1);
  Words attached = outage;
  attached.insert(attached.begin(), "publish");
  attached.insert(attached.end(), {"--source-key", "grafana/lab"});
  for (int i = 0; i < 2; ++i) {
    const auto answer = Answer<v1::PublishAlertResponse>(attached, "grafana");
    EXPECT_TRUE(answer.attached());
    EXPECT_EQ(answer.alert().id(), first.id());
    EXPECT_EQ(answer.alert().revision(), updated.alert().revision());
  }
  EXPECT_THAT(Open(), SizeIs(1));

  // Another matter is said to be one.
  const v1::Alert other = Publish({"--kind", "degraded", "--service", "lab-results", "--ward",
                                   "icu", "--headline", "Lab labels print twice", "--separate"},
                                  "bob");
  EXPECT_NE(other.id(), first.id());
  EXPECT_THAT(Open(), SizeIs(2));

  // When it is over, the same key begins a new one.
  End(other.id(), {}, "bob");
  End(first.id(), {}, "ann");
  EXPECT_NE(Publish(posted, "nagios").id(), first.id());
}

// All of them in the same second, by calls that race.
TEST_F(SameOutage, PostedInTheSameMomentIsOneAlert) {
  const auto post = [this](const std::string& source_key) {
    v1::PublishAlertRequest request;
    request.set_request_id(NewUlid(Now()));
    request.set_source_key(source_key);
    v1::Alert& alert = *request.mutable_alert();
    alert.set_kind(v1::Kind::OUTAGE);
    alert.set_severity(v1::Severity::SEVERE);
    alert.set_headline("Lab results are not arriving");
    alert.add_services("lab-results");
    alert.mutable_audience()->add_wards("4w");
    v1::PublishAlertResponse response;
    grpc::ClientContext context;
    hospital().Prepare(context, 20s);
    const auto status =
        v1::AlertService::NewStub(hospital().channel())->PublishAlert(&context, request, &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
  };
  std::array<std::jthread, 6> posts;
  for (std::jthread& one : posts) one = std::jthread([&post] { post("monitor/lab-results"); });
  for (std::jthread& one : posts) one.join();
  EXPECT_THAT(Open(), SizeIs(1));
}

}  // namespace
}  // namespace wardcast::testing
