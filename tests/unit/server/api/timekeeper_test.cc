#include "server/api/timekeeper.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "tests/unit/server/api/api_scene.h"

namespace wardcast {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::milliseconds;

class TimekeeperTest : public testing::ApiScene {
 protected:
  // The thread's work so far; at most 20 s.
  static bool Becomes(const std::function<bool()>& holds) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (!holds()) {
      if (std::chrono::steady_clock::now() > deadline) return false;
      std::this_thread::sleep_for(milliseconds(2));
    }
    return true;
  }
  bool IsGone(const v1::Alert& alert) {
    const auto stored = store_->LoadAlert(alert.id());
    return !stored && stored.error().code == Code::kNotFound;
  }
  Timekeeper Start(TimekeeperConfig config) {
    return Timekeeper(*store_, "broker-1", clock_, config);
  }
};

TEST_F(TimekeeperTest, WhatWasKeptLongEnoughGoesBatchByBatch) {
  std::vector<v1::Alert> old;
  old.reserve(10);
  for (int i = 0; i < 10; ++i) old.push_back(Put(testing::Ended(Publish({"4w"}), 0, clock_.Now())));
  const v1::Alert open = Publish({"4w"});
  clock_.Advance(days(7 * 366));
  const Timekeeper timekeeper = Start({.look_every = milliseconds(2),
                                       .first_sweep = milliseconds(0),
                                       .sweep_every = hours(1),
                                       .sweep_rows = 3});
  EXPECT_TRUE(
      Becomes([&] { return std::ranges::all_of(old, [&](const auto& a) { return IsGone(a); }); }));
  EXPECT_FALSE(IsGone(open)) << "what is open is kept for as long as it is";
}

TEST_F(TimekeeperTest, SweepsNotBeforeItsTime) {
  const v1::Alert old = Put(testing::Ended(Publish({"4w"}), 0, clock_.Now()));
  clock_.Advance(days(7 * 366));
  {
    const Timekeeper timekeeper = Start({.look_every = milliseconds(1), .first_sweep = hours(1)});
  }
  EXPECT_FALSE(IsGone(old));
}

}  // namespace
}  // namespace wardcast
