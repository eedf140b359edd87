// Letting go of sessions: evenly, and no longer than there is one.
#include "server/feed/drain.h"

#include <fmt/format.h>

#include <atomic>
#include <thread>

#include "tests/unit/server/feed/feed_scene.h"

namespace wardcast {
namespace {

using namespace testing;  // NOLINT(google-build-using-namespace): the fixtures
using std::chrono::milliseconds;
using std::chrono::seconds;

using Watch = std::chrono::steady_clock;

// A transport that takes and closes as soon as it is told to go, from another thread as transports
// do.
class Leaver {
 public:
  Leaver(Hub& hub, const std::string& id) {
    v1::SubscribeRequest request;
    request.mutable_endpoint()->set_id(id);
    session_ = *hub.Open(request, [this] { due_ = true; });
  }
  // True: it has gone.
  bool Step() {
    if (!session_ || !due_.exchange(false)) return !session_;
    while (const auto delivery = session_->Take()) {
      if (!delivery->retry_after) continue;
      left_ = Watch::now();
      retry_after_ = *delivery->retry_after;
      session_->Close();
      session_.reset();
      return true;
    }
    return false;
  }
  Watch::time_point left() const { return left_; }
  milliseconds retry_after() const { return retry_after_; }

 private:
  std::atomic<bool> due_ = false;
  std::shared_ptr<Session> session_;
  Watch::time_point left_{};
  milliseconds retry_after_{0};
};

class Draining : public FeedScene {};

TEST(DrainPace, IsEvenAndCompleteAtTheEnd) {
  EXPECT_EQ(ReleasedBy(0, seconds(0), seconds(10)), 0U);
  EXPECT_EQ(ReleasedBy(1, seconds(0), seconds(10)), 1U) << "nobody waits alone";
  EXPECT_EQ(ReleasedBy(10'000, seconds(0), seconds(10)), 1U);
  EXPECT_EQ(ReleasedBy(10'000, seconds(5), seconds(10)), 5'001U);
  EXPECT_EQ(ReleasedBy(10'000, seconds(10), seconds(10)), 10'000U);
  EXPECT_EQ(ReleasedBy(10'000, seconds(99), seconds(10)), 10'000U);
  EXPECT_EQ(ReleasedBy(7, seconds(0), seconds(0)), 7U);
  for (int ms = 0; ms < 9'000; ms += 50) {
    EXPECT_LE(ReleasedBy(1'000, milliseconds(ms + 50), seconds(10)) -
                  ReleasedBy(1'000, milliseconds(ms), seconds(10)),
              6U);
  }
}

TEST_F(Draining, SessionsLeaveEvenlyAndAreToldWhenToComeBack) {
  constexpr int kSessions = 40;
  std::vector<std::unique_ptr<Leaver>> leavers;
  leavers.reserve(kSessions);
  for (int i = 0; i < kSessions; ++i)
    leavers.push_back(std::make_unique<Leaver>(hub_, fmt::format("pc-{:02}", i)));
  for (auto& leaver : leavers) leaver->Step();
  const auto begin = Watch::now();
  std::jthread transport([&](const std::stop_token& stop) {
    std::size_t gone = 0;
    while (gone < leavers.size() && !stop.stop_requested()) {
      gone = 0;
      for (auto& leaver : leavers) gone += leaver->Step() ? 1 : 0;
      std::this_thread::sleep_for(milliseconds(1));
    }
  });
  EXPECT_EQ(DrainEvenly(hub_, {.over = milliseconds(1'000),
                               .retry_after = milliseconds(1'500),
                               .last_writes = seconds(20)}),
            0U);
  transport.join();
  int first_half = 0;
  for (const auto& leaver : leavers) {
    EXPECT_EQ(leaver->retry_after(), milliseconds(1'500));
    first_half += leaver->left() - begin < milliseconds(500) ? 1 : 0;
  }
  EXPECT_GE(Watch::now() - begin, milliseconds(900)) << "the last one was not let go early";
  EXPECT_GT(first_half, 5);
  EXPECT_LT(first_half, 35);
}

TEST_F(Draining, WithoutSessionsItIsThroughAtOnce) {
  const auto begin = Watch::now();
  EXPECT_EQ(DrainEvenly(hub_, {.over = seconds(60), .retry_after = seconds(60)}), 0U);
  EXPECT_LT(Watch::now() - begin, seconds(5));
  WardPc late("4w-pc-01");
  EXPECT_EQ(late.Connect(hub_).error().code, Code::kUnavailable);
}

TEST_F(Draining, ItDoesNotWaitForSessionsThatWentByThemselves) {
  WardPc pc("4w-pc-01");
  WardPc other("4w-pc-02");
  Settle(pc, hub_);
  Settle(other, hub_);
  std::jthread leave([&] {
    std::this_thread::sleep_for(milliseconds(50));
    pc.Disconnect();
    other.Disconnect();
  });
  const auto begin = Watch::now();
  EXPECT_EQ(DrainEvenly(hub_, {.over = seconds(60), .retry_after = seconds(1)}), 0U);
  EXPECT_LT(Watch::now() - begin, seconds(20));
}

TEST_F(Draining, WhoTakesNothingIsGivenUpOn) {
  WardPc pc("4w-pc-01");
  Settle(pc, hub_);
  EXPECT_EQ(DrainEvenly(hub_, {.over = milliseconds(50),
                               .retry_after = seconds(1),
                               .last_writes = milliseconds(50)}),
            1U);
  EXPECT_EQ(pc.Take()->retry_after, seconds(1)) << "it may still";
}

TEST_F(Draining, WhatIsDueIsInTheLastMessage) {
  WardPc pc("4w-pc-01");
  Settle(pc, hub_);
  EXPECT_EQ(hub_.BeginDrain(seconds(3)), 1U);
  Publish("A", {"4w"});
  EXPECT_FALSE(pc.Take()->retry_after) << "until it is its turn, it is served";
  Publish("B", {"4w"});
  EXPECT_FALSE(hub_.Release(1)) << "none is left to release";
  const auto last = pc.Take();
  EXPECT_EQ(SentIds(*last), std::vector<std::string>{"B"});
  EXPECT_EQ(last->retry_after, seconds(3));
}

}  // namespace
}  // namespace wardcast
