#include "tests/contract/bus/bus_contract.h"

#include <algorithm>
#include <atomic>
#include <thread>

namespace wardcast {

using std::chrono::milliseconds;
using std::chrono::seconds;

bool Ear::Hears(Topic topic, std::int64_t number) {
  const auto deadline = std::chrono::steady_clock::now() + seconds(10);
  const MutexLock lock(mu_);
  while (std::ranges::find(heard_, Heard(topic, number)) == heard_.end()) {
    if (std::chrono::steady_clock::now() > deadline) return false;
    changed_.WaitFor(mu_, milliseconds(50));
  }
  return true;
}

int Ear::Count(Topic topic, std::int64_t number) {
  const MutexLock lock(mu_);
  return static_cast<int>(std::ranges::count(heard_, Heard(topic, number)));
}

void Ear::Clear() {
  const MutexLock lock(mu_);
  heard_.clear();
}

bool Becomes(const std::function<bool()>& condition) {
  const auto deadline = std::chrono::steady_clock::now() + seconds(10);
  while (!condition()) {
    if (std::chrono::steady_clock::now() > deadline) return false;
    std::this_thread::sleep_for(milliseconds(2));
  }
  return true;
}

RedisBusConfig Quick(const testing::TempRedis& redis) {
  return {.unix_socket = redis.socket(),
          .username = {},
          .password = {},
          .log_id = "01JNLOG",
          .ping_every = milliseconds(100),
          .dead_after = milliseconds(400),
          .timeout = milliseconds(300),
          .retry_cap = milliseconds(100)};
}

void BusContract::SetUp() {
  if (GetParam() == Kind::kInProcess) {
    bus_ = MakeInProcessBus();
    return;
  }
  if (const std::string why = testing::TempRedis::WhyNot(); !why.empty()) GTEST_SKIP() << why;
  redis_ = std::make_unique<testing::TempRedis>();
  bus_ = MakeRedisBus(Quick(*redis_));
  ASSERT_TRUE(Becomes([this] { return bus_->Health().ok; })) << bus_->Health().detail;
}

TEST_P(BusContract, EverySubscriberHearsWhatIsPublished) {
  Ear one(*bus_);
  Ear two(*bus_);
  bus_->Publish(Topic::kLog, 17);
  bus_->Publish(Topic::kJournal, 3);
  EXPECT_TRUE(one.Hears(Topic::kLog, 17));
  EXPECT_TRUE(two.Hears(Topic::kLog, 17));
  EXPECT_TRUE(two.Hears(Topic::kJournal, 3));
  EXPECT_EQ(two.Count(Topic::kJournal, 17), 0);
}

TEST_P(BusContract, OnesOwnPublicationIsHeardBeforePublishReturns) {
  Ear ear(*bus_);
  bus_->Publish(Topic::kLog, 5);
  EXPECT_GE(ear.Count(Topic::kLog, 5), 1);
}

TEST_P(BusContract, AfterCancelNothingIsHeard) {
  Ear ear(*bus_);
  Ear other(*bus_);
  ear.Cancel();
  bus_->Publish(Topic::kLog, 9);
  EXPECT_TRUE(other.Hears(Topic::kLog, 9));
  EXPECT_EQ(ear.Count(Topic::kLog, 9), 0);
}

TEST_P(BusContract, CancelWaitsForTheCallThatRuns) {
  for (int i = 1; i <= 50; ++i) {
    auto alive = std::make_unique<std::atomic<bool>>(true);
    std::atomic<bool>* seen = alive.get();
    std::atomic<int> called_when_gone{0};
    Subscription subscription = bus_->Subscribe([seen, &called_when_gone](Topic, std::int64_t) {
      if (!seen->load()) ++called_when_gone;
    });
    std::jthread publisher([&] { bus_->Publish(Topic::kLog, i); });
    subscription.Cancel();
    *alive = false;
    publisher.join();
    alive.reset();  // a late call would be a use after free
    EXPECT_EQ(called_when_gone, 0);
  }
}

TEST_P(BusContract, ManyThreadsPublishTheHighestNumberIsHeard) {
  Ear ear(*bus_);
  {
    constexpr int kThreads = 4;
    std::vector<std::jthread> threads;
    threads.reserve(kThreads);
    for (int thread = 0; thread < kThreads; ++thread) {
      threads.emplace_back([this, thread] {
        for (int i = 1; i <= 200; ++i) bus_->Publish(Topic::kLog, i * kThreads + thread);
      });
    }
  }
  EXPECT_TRUE(ear.Hears(Topic::kLog, 803));
}

TEST_P(BusContract, IsHealthyAndSaysNothing) {
  EXPECT_TRUE(bus_->Health().ok);
  EXPECT_EQ(bus_->Health().detail, "");
}

INSTANTIATE_TEST_SUITE_P(Buses, BusContract, ::testing::Values(Kind::kInProcess, Kind::kRedis),
                         [](const auto& kind) {
                           return kind.param == Kind::kInProcess ? "InProcess" : "Redis";
                         });

}  // namespace wardcast
