// Who is there, as the real programs see it: lost agents, closed brokers, cloned disks.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <chrono>
#include <map>
#include <string>

#include "tests/programs/hospital.h"
#include "wardcast/v1/alert_service.grpc.pb.h"
#include "wardcast/v1/directory_service.grpc.pb.h"

namespace wardcast::testing {
namespace {

using namespace std::chrono_literals;

class Presence : public ::testing::Test {
 protected:
  v1::EndpointPresence Of(const std::string& id) const {
    v1::ListEndpointsResponse response;
    grpc::ClientContext context;
    hospital_.Prepare(context, 10s);
    const auto status =
        v1::DirectoryService::NewStub(hospital_.channel())->ListEndpoints(&context, {}, &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    for (const auto& one : response.endpoints()) {
      if (one.endpoint().id() == id) return one;
    }
    return {};
  }
  std::map<std::string, v1::Unreached::Value> Unreached(const std::string& alert_id) const {
    v1::ListUnreachedRequest request;
    request.set_alert_id(alert_id);
    v1::ListUnreachedResponse response;
    grpc::ClientContext context;
    hospital_.Prepare(context, 10s);
    const auto status =
        v1::AlertService::NewStub(hospital_.channel())->ListUnreached(&context, request, &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    std::map<std::string, v1::Unreached::Value> unreached;
    for (const auto& one : response.endpoints()) unreached[one.endpoint().id()] = one.state();
    return unreached;
  }

  v1::Reach Preview(const std::string& ward_id) const {
    v1::PreviewAudienceRequest request;
    request.mutable_audience()->add_wards(ward_id);
    v1::PreviewAudienceResponse response;
    grpc::ClientContext context;
    hospital_.Prepare(context, 10s);
    const auto status = v1::AlertService::NewStub(hospital_.channel())
                            ->PreviewAudience(&context, request, &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return response.reach();
  }

  Hospital hospital_{1};
};

TEST_F(Presence, AnAgentThatHangsIsLostWithinSixtySeconds) {
  const auto healthy = hospital_.StartAgent("4w-pc-01");
  const auto hung = hospital_.StartAgent("4w-pc-02");
  ASSERT_TRUE(Eventually([&] { return Of("4w-pc-01").connected() && Of("4w-pc-02").connected(); }));
  // It answers nothing any more, but its socket stays open.
  hung->Signal(SIGSTOP);
  const auto began = std::chrono::steady_clock::now();
  EXPECT_TRUE(Eventually([&] { return !Of("4w-pc-02").connected(); }, 60s));
  std::printf("noticed after %lld s\n",
              static_cast<long long>((std::chrono::steady_clock::now() - began) / 1s));
  EXPECT_TRUE(Of("4w-pc-01").connected());
  const auto published = hospital_.Publish("Lab results are late");
  ASSERT_TRUE(published) << published.error().message;
  EXPECT_TRUE(Eventually([&] { return !Unreached(*published).contains("4w-pc-01"); }));
  const auto unreached = Unreached(*published);
  EXPECT_EQ(unreached.at("4w-pc-02"), v1::Unreached::LOST);
  EXPECT_EQ(unreached.at("icu-pc-01"), v1::Unreached::OFF) << "it was never seen";

  // It was only asleep.
  hung->Signal(SIGCONT);
  EXPECT_TRUE(Eventually([&] { return !Unreached(*published).contains("4w-pc-02"); }, 60s));
  EXPECT_TRUE(Of("4w-pc-02").connected());
}

TEST_F(Presence, APcThatIsSwitchedOffIsOffAndOneWhosePlugIsPulledIsLost) {
  auto off = hospital_.StartAgent("4w-pc-01");
  auto pulled = hospital_.StartAgent("4w-pc-02");
  const auto there = [&](const std::string& id) {
    return Of(id).connected() && !Of(id).broker().empty();
  };
  ASSERT_TRUE(Eventually([&] { return there("4w-pc-01") && there("4w-pc-02"); }));
  off->Signal(SIGTERM);
  pulled->Signal(SIGKILL);
  ASSERT_TRUE(
      Eventually([&] { return !Of("4w-pc-01").connected() && !Of("4w-pc-02").connected(); }));
  const auto published = hospital_.Publish("Lab results are late");
  ASSERT_TRUE(published) << published.error().message;
  EXPECT_TRUE(Eventually([&] { return Unreached(*published)["4w-pc-01"] == v1::Unreached::OFF; }));
  EXPECT_EQ(Unreached(*published)["4w-pc-02"], v1::Unreached::LOST);
  EXPECT_TRUE(Of("4w-pc-01").said_goodbye());

  // The broker is started again and still knows it; the PC comes back and has everything.
  hospital_.KillBroker();
  hospital_.StartBroker();
  ASSERT_TRUE(Eventually([&] { return Unreached(*published).contains("4w-pc-01"); }));
  EXPECT_EQ(Unreached(*published)["4w-pc-01"], v1::Unreached::OFF);
  off = hospital_.StartAgent("4w-pc-01");
  EXPECT_TRUE(Eventually([&] { return !Unreached(*published).contains("4w-pc-01"); }));
  EXPECT_FALSE(Of("4w-pc-01").said_goodbye());
}

TEST_F(Presence, ALockedPcIsCountedInAPreviewWithoutAnyOpenNotice) {
  auto locked = hospital_.StartAgent("4w-pc-01", {"--headless-screen", "LOCKED"});
  const auto open = hospital_.StartAgent("4w-pc-02", {"--headless-screen", "UNLOCKED"});
  const auto silent = hospital_.StartAgent("4w-pc-03");
  EXPECT_TRUE(Eventually([&] {
    const v1::Reach reach = Preview("4w");
    return reach.connected() == 3 && reach.locked() == 1;
  }));

  // It was said after it had come; a broker that it comes back to is told when it comes.
  hospital_.KillBroker();
  hospital_.StartBroker();
  EXPECT_TRUE(Eventually(
      [&] {
        const v1::Reach reach = Preview("4w");
        return reach.connected() == 3 && reach.locked() == 1;
      },
      60s));

  const auto published = hospital_.Publish("Lab results are late");
  ASSERT_TRUE(published) << published.error().message;
  EXPECT_TRUE(Eventually([&] {
    const auto unreached = Unreached(*published);
    const auto why = unreached.find("4w-pc-01");
    return why != unreached.end() && why->second == v1::Unreached::LOCKED &&
           !unreached.contains("4w-pc-02") && !unreached.contains("4w-pc-03");
  }));

  // Somebody signs in there.
  locked.reset();
  locked = hospital_.StartAgent("4w-pc-01", {"--headless-screen", "UNLOCKED"});
  EXPECT_TRUE(Eventually([&] { return !Unreached(*published).contains("4w-pc-01"); }));
  EXPECT_TRUE(Eventually([&] { return Preview("4w").locked() == 0; }));
}

TEST_F(Presence, WhoWasConnectedWhenTheBrokerWasKilledWasSeenThen) {
  auto agent = hospital_.StartAgent("4w-pc-01");
  ASSERT_TRUE(Eventually([&] { return Of("4w-pc-01").connected(); }));
  // What is connected is written every 2 s; only then does a later life know of it.
  ASSERT_TRUE(Eventually([&] { return !Of("4w-pc-01").broker().empty(); }));
  EXPECT_FALSE(Of("4w-pc-01").agent_version().empty());
  const std::string broker = Of("4w-pc-01").broker();
  hospital_.KillBroker();
  agent.reset();
  hospital_.StartBroker();
  ASSERT_TRUE(Eventually([&] { return !Of("4w-pc-01").connected(); }));
  EXPECT_TRUE(Of("4w-pc-01").has_last_seen());
  EXPECT_EQ(Of("4w-pc-01").broker(), broker) << "a broker keeps its name over restarts";
}

}  // namespace
}  // namespace wardcast::testing
