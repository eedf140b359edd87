// Drills beside real notices: never where people have a real problem, never for CLINICAL endpoints.
#include "server/api/alerts/drills.h"

#include <gmock/gmock.h>

#include "tests/unit/server/api/alerts/alert_scene.h"

namespace wardcast {
namespace {

using std::chrono::hours;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class DrillsTest : public testing::AlertScene {
 protected:
  static v1::PublishAlertRequest Drill(const std::vector<std::string>& wards) {
    v1::PublishAlertRequest request = Outage("ehr", wards);
    request.mutable_alert()->set_status(v1::Status::EXERCISE);
    return request;
  }
  v1::Alert Sent(const v1::PublishAlertRequest& request) {
    const auto answer = Publish(Person("trainer"), request);
    EXPECT_TRUE(answer) << answer.error().message;
    return answer ? answer->alert() : v1::Alert();
  }
  v1::PreviewAudienceResponse Preview(const v1::Alert& notice) {
    v1::PreviewAudienceRequest request;
    *request.mutable_alert() = notice;
    *request.mutable_audience() = notice.audience();
    *request.mutable_services() = notice.services();
    const auto preview = preview_.PreviewAudience(CallOf(Person("trainer")), request);
    EXPECT_TRUE(preview) << preview.error().message;
    return preview.value_or(v1::PreviewAudienceResponse());
  }
  std::vector<std::string> ExpectedWards(const v1::Alert& alert) {
    const auto expected = store_->LoadExpected(alert.id()).value();
    std::vector<std::string> wards;
    wards.reserve(expected.size());
    for (const ExpectedWard& ward : expected) wards.push_back(ward.ward_id);
    return wards;
  }
};

TEST_F(DrillsTest, AreNotHeldWhereARealGraveNoticeIsOpen) {
  const v1::Alert real = Publish(Person("ann"), Outage("ehr", {"4w", "icu"}))->alert();
  const auto refused = Publish(Person("trainer"), Drill({"4w", "lab"}));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Code::kFailedPrecondition);
  EXPECT_THAT(refused.error().message,
              AllOf(HasSubstr(real.id()), HasSubstr("since 07:01 on 4w:")));
  EXPECT_EQ(Sent(Drill({"lab"})).state(), v1::State::ACTIVE) << "on other wards they are";
}

TEST_F(DrillsTest, AreHeldBesideWhatIsNotGrave) {
  v1::PublishAlertRequest moderate = Outage("ehr", {"4w"});
  moderate.mutable_alert()->set_severity(v1::Severity::MODERATE);
  ASSERT_TRUE(Publish(Person("ann"), moderate));
  EXPECT_EQ(Sent(Drill({"4w"})).state(), v1::State::ACTIVE)
      << "nor is a drill a duplicate of it, with the same service";
}

TEST_F(DrillsTest, AreNothingThatARealNoticeWouldUpdate) {
  ASSERT_TRUE(Publish(Person("trainer"), Drill({"lab"})));
  const auto real = Publish(Person("ann"), Outage("ehr", {"4w"}));
  ASSERT_TRUE(real) << real.error().message;
  EXPECT_TRUE(real->reach().open_alert_ids().empty());
  EXPECT_TRUE(real->warnings().empty());
}

TEST_F(DrillsTest, MayBePlannedForLaterWhileARealNoticeIsOpen) {
  ASSERT_TRUE(Publish(Person("ann"), Outage("ehr", {"4w"})));
  v1::PublishAlertRequest later = Drill({"4w"});
  *later.mutable_alert()->mutable_send_at()->mutable_at() = ToTimestamp(clock_.Now() + hours(24));
  const v1::Alert scheduled = Sent(later);
  EXPECT_EQ(scheduled.state(), v1::State::SCHEDULED);
  EXPECT_EQ(FromTimestamp(scheduled.expires()), clock_.Now() + hours(26));
}

TEST_F(DrillsTest, AreNotWidenedToWardsWithARealNotice) {
  ASSERT_TRUE(Publish(Person("ann"), Outage("ehr", {"4w"})));
  const v1::Alert drill = Sent(Drill({"lab"}));
  v1::UpdateAlertRequest edit;
  edit.set_alert_id(drill.id());
  for (const char* ward : {"lab", "4w"}) edit.mutable_alert()->mutable_audience()->add_wards(ward);
  const auto widened = change_.UpdateAlert(CallOf(Person("trainer")), edit);
  ASSERT_FALSE(widened);
  EXPECT_EQ(widened.error().code, Code::kFailedPrecondition);
  *edit.mutable_alert()->mutable_audience()->mutable_wards(1) = "icu";
  EXPECT_TRUE(change_.UpdateAlert(CallOf(Person("trainer")), edit));
}

TEST_F(DrillsTest, MakeWayForARealNotice) {
  const v1::Alert drill = Sent(Drill({"4w"}));
  const v1::Alert real = Publish(Person("ann"), Outage("ehr", {"4w"}))->alert();
  EXPECT_EQ(real.state(), v1::State::ACTIVE) << "a drill never keeps a real notice back";
  ASSERT_TRUE(commit_.ApplySteps(
      drill.id(), {{.step = "real-notice", .target = real.id(), .round = 0, .due = clock_.Now()}}));
  const v1::Alert stopped = Load(drill.id());
  EXPECT_EQ(stopped.closing(), v1::Closing::EXPIRED);
  EXPECT_EQ(stopped.closing_text(), "EXERCISE STOPPED. The next notice is real.");
  EXPECT_THAT(ExpectedWards(stopped), ElementsAre("4w")) << "its report keeps its wards";
}

TEST_F(DrillsTest, ArePreviewedAndSentWithoutClinicalEndpoints) {
  DirectoryContent content = Hospital();
  for (v1::Endpoint& endpoint : content.endpoints) {
    if (endpoint.ward_id() == "icu") endpoint.set_class_(v1::EndpointClass::CLINICAL);
  }
  Import(content);
  v1::PublishAlertRequest request = Drill({"4w", "icu"});
  const v1::Reach reach = Preview(request.alert()).reach();
  EXPECT_EQ(reach.endpoints(), 3);
  EXPECT_EQ(reach.wards_size(), 1);
  EXPECT_EQ(Preview(Outage("ehr", {"4w", "icu"}).alert()).reach().endpoints(), 5);
  request.set_confirmed_reach(reach.endpoints());
  EXPECT_THAT(ExpectedWards(Sent(request)), ElementsAre("4w"));
}

TEST_F(DrillsTest, AskForTheReachAsRealNoticesDo) {
  const auto wide = Publish(Person("trainer"), Drill({}));
  ASSERT_FALSE(wide);
  EXPECT_THAT(wide.error().message, HasSubstr("confirmed_reach is missing"));
  EXPECT_TRUE(Preview(Drill({}).alert()).needs_confirmed_reach());
}

TEST_F(DrillsTest, AreNoDose) {
  v1::PublishAlertRequest moderate = Drill({"4w"});
  moderate.mutable_alert()->set_severity(v1::Severity::MODERATE);
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(Publish(Somebody("admin"), Information({"4w"})));
  // What wards had is counted every few seconds; this is another broker's first look.
  ReachReader fresh(*store_, hub_, connections_, states_, clock_);
  const AlertParts parts{.store = *store_,
                         .hub = hub_,
                         .reach = fresh,
                         .commit = commit_,
                         .approvers = approvers_,
                         .audit = audit_,
                         .clock = clock_};
  const auto sent = PublishHandler(parts).PublishAlert(CallOf(Person("trainer")), moderate);
  ASSERT_TRUE(sent) << sent.error().message;
  EXPECT_EQ(sent->alert().presentation(), v1::Presentation::TOAST);
  EXPECT_THAT(sent->warnings(), IsEmpty());
}

}  // namespace
}  // namespace wardcast
