// Who is told first, who later, and that those get everything in one message.
#include <algorithm>
#include <functional>
#include <memory>
#include <thread>

#include "server/feed/feed.h"
#include "tests/fixtures/memory_store.h"
#include "tests/unit/server/feed/feed_scene.h"

namespace wardcast {
namespace {

using namespace testing;  // NOLINT(google-build-using-namespace): the fixtures
using std::chrono::seconds;
using ::testing::ElementsAre;

// A hub that tells two at once, and five that are connected.
class Waking : public ::testing::Test {
 protected:
  void Connect(int count) {
    for (int i = 0; i < count; ++i) {
      pcs_.push_back(std::make_unique<WardPc>("4w-pc-01", /*watcher=*/true));
      Settle(*pcs_.back(), hub_);
    }
  }
  std::ptrdiff_t Woken() const {
    return std::ranges::count_if(pcs_, [](const auto& pc) { return pc->wakes() == 2; });
  }
  static bool Becomes(const std::function<bool()>& condition) {
    const auto deadline = std::chrono::steady_clock::now() + seconds(10);
    while (!condition()) {
      if (std::chrono::steady_clock::now() > deadline) return false;
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    return true;
  }

  ManualClock clock_{kMorning};
  MemoryStore store_;
  std::unique_ptr<Bus> bus_ = MakeInProcessBus();
  Hub hub_{{.wake_at_once = 2}, clock_};
  std::vector<std::unique_ptr<WardPc>> pcs_;
};

TEST_F(Waking, WhoIsWokenLaterGetsWhatCameMeanwhileInTheSameMessage) {
  hub_.Replace({.log = {.log_id = kLog, .generation = 1},
                .directory = MakeDirectory(SmallHospital(), 1),
                .directory_sequence = 1,
                .alerts = {},
                .answers = {},
                .applied = 1});
  Connect(5);
  hub_.SetAlert(Stored(MakeAlert("A", 2, {"4w"})));
  hub_.Advance(2);
  EXPECT_EQ(Woken(), 2);
  for (const auto& pc : pcs_) {
    if (pc->wakes() < 2) continue;
    EXPECT_THAT(SentIds(*pc->Take()), ElementsAre("A"));
  }
  hub_.SetAlert(Stored(MakeAlert("B", 3, {"4w"})));
  hub_.Advance(3);
  EXPECT_EQ(Woken(), 2) << "the feed says when it goes on";
  EXPECT_TRUE(hub_.WakesWait());
  hub_.WakeMore();
  EXPECT_EQ(Woken(), 4);
  hub_.WakeMore();
  EXPECT_EQ(Woken(), 5);
  EXPECT_FALSE(hub_.WakesWait());
  int both = 0;
  for (const auto& pc : pcs_) {
    const auto message = pc->Take();
    ASSERT_TRUE(message) << "who has A already is not called, but may ask";
    both += message->alerts.size() == 2 ? 1 : 0;
  }
  EXPECT_EQ(both, 3);
}

TEST_F(Waking, TheFeedWaitsForWhatIsBeingPublished) {
  store_.PutDirectory(SmallHospital());
  Feed feed({.ask_every = seconds(60), .gather_most = seconds(20)}, store_, *bus_, hub_, clock_);
  ASSERT_TRUE(feed.Start());
  Connect(5);
  const auto publish = [&](const char* id) {
    bus_->Publish(Topic::kLog, store_.Put(MakeAlert(id, 0, {"4w"})));
  };
  store_.SetChangesUnderWay(1);
  publish("A");
  EXPECT_TRUE(Becomes([&] { return Woken() == 2; })) << "the first are told without waiting";
  publish("B");
  EXPECT_TRUE(Becomes([&] { return hub_.applied() == 3; }));
  EXPECT_EQ(Woken(), 2);
  store_.SetChangesUnderWay(0);
  EXPECT_TRUE(Becomes([&] { return Woken() == 5; }));
  int both = 0;
  for (const auto& pc : pcs_) both += SentIds(*pc->Take()).size() == 2 ? 1 : 0;
  EXPECT_GE(both, 3);
}

TEST_F(Waking, WhatIsBeingPublishedForeverHoldsNobodyUp) {
  store_.PutDirectory(SmallHospital());
  Feed feed({.ask_every = seconds(60), .gather_most = std::chrono::milliseconds(20)}, store_, *bus_,
            hub_, clock_);
  ASSERT_TRUE(feed.Start());
  Connect(5);
  store_.SetChangesUnderWay(1);
  bus_->Publish(Topic::kLog, store_.Put(MakeAlert("A", 0, {"4w"})));
  EXPECT_TRUE(Becomes([&] { return Woken() == 5; }));
}

}  // namespace
}  // namespace wardcast
