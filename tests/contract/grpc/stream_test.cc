// What is promised to subscribers and watchers over gRPC.
#include <thread>

#include "tests/contract/grpc/frozen_proxy.h"
#include "tests/contract/grpc/grpc_scene.h"

namespace wardcast::testing {
namespace {

using ::testing::HasSubstr;
using namespace std::chrono_literals;

class StreamTest : public GrpcScene {
 protected:
  // The feed's part: heartbeats, and sessions that are stuck.
  std::jthread Ticking() {
    return std::jthread([this](const std::stop_token& stop) {
      while (!stop.stop_requested()) {
        hub_->Tick(clock_.Now());
        std::this_thread::sleep_for(20ms);
      }
    });
  }
};

v1::Alert AlertOf(const v1::SignedAlert& sealed) {
  v1::Alert alert;
  EXPECT_TRUE(alert.ParseFromString(sealed.payload()));
  return alert;
}

TEST_F(StreamTest, DeliversWhatIsOnAndWhatComesAsSignedBytes) {
  Start();
  Publish("first");
  Subscriber pc(Connect(), "4w-pc-01");
  const auto synced = pc.Next();
  ASSERT_TRUE(synced);
  EXPECT_TRUE(synced->synced());
  EXPECT_EQ(synced->log_id(), kLog);
  ASSERT_EQ(synced->alerts_size(), 1);
  EXPECT_EQ(AlertOf(synced->alerts(0)).id(), "first");
  EXPECT_FALSE(synced->alerts(0).has_alert()) << "nobody parses it before it is verified";
  Publish("second");
  const auto next = pc.Next();
  ASSERT_TRUE(next);
  EXPECT_EQ(AlertOf(next->alerts(0)).id(), "second");
  EXPECT_EQ(server_->Counts().streams, 1U);
}

TEST_F(StreamTest, AClientThatGoesIsForgotten) {
  Start();
  {
    Subscriber pc(Connect(), "4w-pc-01");
    ASSERT_TRUE(pc.Next());
    EXPECT_TRUE(hub_->IsConnected("4w-pc-01"));
  }
  EXPECT_TRUE(ComesTrue([&] { return !hub_->IsConnected("4w-pc-01"); }));
  EXPECT_TRUE(ComesTrue([&] { return server_->Counts().streams == 0; }));
  EXPECT_EQ(server_->Counts().accepted, 1U);
  EXPECT_EQ(server_->Counts().too_slow, 0U);
}

TEST_F(StreamTest, RefusalsNameTheField) {
  Start();
  Subscriber nobody(Connect(), "Not An Id");
  EXPECT_FALSE(nobody.Next());
  const grpc::Status status = nobody.reader->Finish();
  nobody.finished = true;
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_THAT(status.error_message(), HasSubstr("endpoint.id"));
  EXPECT_EQ(server_->Counts().refused_streams, 1U);
  EXPECT_EQ(hub_->session_count(), 0U);
}

TEST_F(StreamTest, TwentyAlertsAtOnceAreFewMessages) {
  Start();
  Subscriber pc(Connect(), "4w-pc-01");
  ASSERT_TRUE(pc.Next());
  for (int i = 0; i < 20; ++i)
    hub_->SetAlert(Stored(MakeAlert("a" + std::to_string(i), ++sequence_, {})));
  hub_->Advance(sequence_);
  int got = 0;
  int messages = 0;
  for (; got < 20; ++messages) {
    const auto next = pc.Next();
    ASSERT_TRUE(next);
    got += next->alerts_size();
  }
  EXPECT_EQ(got, 20);
  EXPECT_LE(messages, 5) << "one, unless somebody else has the processor meanwhile";
}

TEST_F(StreamTest, WhoTakesNothingIsCutOffAndCountedAndHoldsUpNobody) {
  hub_config_.stuck_after = 1000ms;
  Start({.slow_after = 1000ms});
  const std::jthread feed = Ticking();
  Subscriber slow(Connect(), "4w-pc-01");  // never reads
  Subscriber other(Connect(), "icu-pc-01");
  ASSERT_TRUE(other.Next());
  ASSERT_TRUE(ComesTrue([&] { return hub_->IsConnected("4w-pc-01"); }));
  const auto begin = std::chrono::steady_clock::now();
  for (int i = 0; i < 300; ++i) Publish("a" + std::to_string(i), 16'000);
  int got = 0;
  while (got < 300) got += other.Next()->alerts_size();
  EXPECT_TRUE(ComesTrue([&] { return server_->Counts().too_slow == 1; }));
  EXPECT_GE(std::chrono::steady_clock::now() - begin, 500ms);
  EXPECT_TRUE(ComesTrue([&] { return !hub_->IsConnected("4w-pc-01"); }));
  EXPECT_TRUE(hub_->IsConnected("icu-pc-01"));
  EXPECT_EQ(server_->Counts().too_slow, 1U);
}

TEST_F(StreamTest, AQuietSubscriberIsNotTakenForASlowOne) {
  hub_config_.stuck_after = 100ms;
  hub_config_.heartbeat_every = 50ms;
  Start({.slow_after = 600ms});
  const std::jthread feed = Ticking();
  Subscriber pc(Connect(), "4w-pc-01");
  ASSERT_TRUE(pc.Next());
  v1::SubscribeResponse beat;
  const auto until = std::chrono::steady_clock::now() + 1500ms;
  while (std::chrono::steady_clock::now() < until) ASSERT_TRUE(pc.reader->Read(&beat));
  EXPECT_EQ(server_->Counts().too_slow, 0U);
}

TEST_F(StreamTest, AClientThatDiesWithoutAWordIsNoticed) {
  Start({.ping_every = 500ms, .ping_timeout = 500ms});
  FrozenProxy proxy(port_);
  Subscriber pc(Connect(proxy.port()), "4w-pc-01");
  ASSERT_TRUE(pc.Next());
  EXPECT_TRUE(hub_->IsConnected("4w-pc-01"));
  proxy.Freeze();
  EXPECT_TRUE(ComesTrue([&] { return !hub_->IsConnected("4w-pc-01"); }));
}

TEST(GrpcServerConfigTest, ADeadPeerIsNoticedWithinAMinute) {
  const GrpcServerConfig config;
  EXPECT_LT(config.ping_every + config.ping_timeout, 60s);
}

TEST_F(StreamTest, DrainingEndsAStreamWithALastWord) {
  Start();
  Subscriber pc(Connect(), "4w-pc-01");
  ASSERT_TRUE(pc.Next());
  hub_->Release(hub_->BeginDrain(3s));
  const auto last = pc.Next();
  ASSERT_TRUE(last);
  EXPECT_EQ(last->retry_after().seconds(), 3);
  EXPECT_FALSE(pc.Next());
  pc.finished = true;
  EXPECT_EQ(pc.reader->Finish().error_code(), grpc::StatusCode::UNAVAILABLE);
  EXPECT_TRUE(hub_->WaitUntilEmpty(20s));
  Subscriber late(Connect(), "4w-pc-01");
  EXPECT_FALSE(late.Next());
  late.finished = true;
  EXPECT_EQ(late.reader->Finish().error_code(), grpc::StatusCode::UNAVAILABLE);
}

TEST_F(StreamTest, StopsWithStreamsOpen) {
  Start();
  Subscriber pc(Connect(), "4w-pc-01");
  ASSERT_TRUE(pc.Next());
  server_->Stop(100ms);
  EXPECT_EQ(hub_->session_count(), 0U);
  EXPECT_FALSE(pc.Next());
}

TEST_F(StreamTest, ProgressIsWatchedUntilAnError) {
  Start();
  v1::WatchProgressRequest request;
  request.set_alert_id("gone");
  grpc::ClientContext context;
  const auto stub = v1::AlertService::NewStub(Connect());
  const auto reader = stub->WatchProgress(&context, request);
  v1::WatchProgressResponse progress;
  while (reader->Read(&progress)) EXPECT_EQ(progress.progress().alert_id(), "gone");
  EXPECT_EQ(reader->Finish().error_code(), grpc::StatusCode::NOT_FOUND);
}

TEST_F(StreamTest, AWatcherThatGoesIsForgotten) {
  Start();
  v1::WatchProgressRequest request;
  request.set_alert_id("A");
  grpc::ClientContext context;
  const auto stub = v1::AlertService::NewStub(Connect());
  const auto reader = stub->WatchProgress(&context, request);
  v1::WatchProgressResponse progress;
  ASSERT_TRUE(reader->Read(&progress));
  context.TryCancel();
  EXPECT_EQ(reader->Finish().error_code(), grpc::StatusCode::CANCELLED);
}

}  // namespace
}  // namespace wardcast::testing
