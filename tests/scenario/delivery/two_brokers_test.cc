// Incidents of two brokers with a real Redis between them.
#include <map>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/house/broker_part.h"
#include "tests/servers/temp_redis.h"

namespace wardcast::testing {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using ::testing::HasSubstr;

class TwoBrokers : public ::testing::Test {
 protected:
  void SetUp() override {
    if (const std::string why = TempRedis::WhyNot(); !why.empty()) GTEST_SKIP() << why;
    redis_ = std::make_unique<TempRedis>();
  }
  void Start(milliseconds ask_every) {
    for (auto* broker : {&east_, &west_})
      *broker = std::make_unique<BrokerPart>(house_, MakeBus(), ask_every);
    ASSERT_TRUE(Becomes([&] { return BusesAre(true); })) << east_->bus->Health().detail;
  }
  std::unique_ptr<Bus> MakeBus() {
    return MakeRedisBus({.unix_socket = redis_->socket(),
                         .username = {},
                         .password = {},
                         .log_id = house_.store->identity().log_id,
                         .ping_every = milliseconds(200),
                         .dead_after = milliseconds(1'000),
                         .timeout = milliseconds(500),
                         .retry_cap = milliseconds(100)});
  }
  bool BusesAre(bool ok) { return east_->bus->Health().ok == ok && west_->bus->Health().ok == ok; }

  House house_;
  std::unique_ptr<TempRedis> redis_;
  std::unique_ptr<BrokerPart> east_;
  std::unique_ptr<BrokerPart> west_;
};

TEST_F(TwoBrokers, PublishedOnOneArrivesOnTheOther) {
  Start(seconds(60));
  WardPc pc("4w-pc-01");
  ASSERT_TRUE(pc.Connect(west_->hub));
  const v1::Alert alert = house_.Publish(east_->bus.get(), "Lab down", {"4w"});
  EXPECT_TRUE(Gets(pc, VersionsOf({alert})));
}

TEST_F(TwoBrokers, RedisIsDownAndAlertsStillArriveByTheFeedsOwnAsking) {
  Start(milliseconds(300));
  WardPc near("4w-pc-01");
  WardPc far("4w-pc-02");
  ASSERT_TRUE(near.Connect(east_->hub));
  ASSERT_TRUE(far.Connect(west_->hub));
  redis_->Stop();
  const v1::Alert alert = house_.Publish(east_->bus.get(), "Lab down", {"4w"});
  EXPECT_TRUE(Gets(near, VersionsOf({alert})));
  EXPECT_TRUE(Gets(far, VersionsOf({alert})));
  ASSERT_TRUE(Becomes([&] { return BusesAre(false); }));
  EXPECT_THAT(west_->bus->Health().detail, HasSubstr("seconds later"));
}

TEST_F(TwoBrokers, RedisStoppedAndStartedEverythingArrivesOnce) {
  Start(milliseconds(500));
  WardPc pc("4w-pc-01");
  ASSERT_TRUE(pc.Connect(west_->hub));
  std::map<std::string, int> sent;
  const auto take = [&] {
    while (const auto delivery = pc.Take()) {
      for (const std::string& id : SentIds(*delivery)) ++sent[id];
    }
  };
  std::vector<v1::Alert> alerts;
  for (int i = 0; i < 30; ++i) {
    if (i == 10) redis_->Stop();
    if (i == 20) redis_->Start();
    alerts.push_back(
        house_.Publish((i % 2 ? east_ : west_)->bus.get(), "Alert " + std::to_string(i), {"4w"}));
    take();
  }
  EXPECT_TRUE(Becomes([&] {
    take();
    return pc.open() == VersionsOf(alerts);
  }));
  for (const auto& [id, times] : sent) EXPECT_EQ(times, 1) << id;
  EXPECT_TRUE(Becomes([&] { return BusesAre(true); }));
}

// The feed's own asking is a minute away: only the reconnected bus can have told it.
TEST_F(TwoBrokers, WhatWasPublishedWhileRedisWasGoneIsReadWhenItIsBack) {
  Start(seconds(60));
  WardPc pc("4w-pc-01");
  ASSERT_TRUE(pc.Connect(west_->hub));
  redis_->Stop();
  ASSERT_TRUE(Becomes([&] { return BusesAre(false); }));
  const v1::Alert alert = house_.Publish(nullptr, "Lab down", {"4w"});
  redis_->Start();
  EXPECT_TRUE(Gets(pc, VersionsOf({alert})));
}

TEST_F(TwoBrokers, AnEndpointThatChangesToABrokerThatIsBehindIsNotAnsweredFromOlderState) {
  Start(seconds(60));
  redis_->Stop();
  const v1::Alert alert = house_.Publish(east_->bus.get(), "Lab down", {"4w"});
  WardPc pc("4w-pc-01");
  ASSERT_TRUE(pc.Connect(east_->hub));
  ASSERT_TRUE(Gets(pc, VersionsOf({alert})));
  const Sequence behind = west_->hub.applied();
  const auto refused = pc.Connect(west_->hub);
  if (behind < alert.version()) {
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, Code::kUnavailable);
  }
  EXPECT_TRUE(Becomes([&] { return pc.connected() || pc.Connect(west_->hub).has_value(); }))
      << "being asked makes it read";
  pc.TakeAll();
  EXPECT_EQ(pc.open(), VersionsOf({alert}));
}

}  // namespace
}  // namespace wardcast::testing
