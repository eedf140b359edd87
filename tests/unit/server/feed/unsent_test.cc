// What is not on the wards: no session has it, whoever it is, and lists keep it apart.
#include "tests/unit/server/feed/feed_scene.h"

namespace wardcast {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using wardcast::testing::MakeAlert;
using wardcast::testing::RemovedIds;
using wardcast::testing::SentIds;
using wardcast::testing::WardPc;

class Unsent : public FeedScene {
 protected:
  void SetUp() override {
    Settle(pc_, hub_);
    Settle(console_, hub_);
  }
  v1::Alert Put(const std::string& id, v1::State::Value state) {
    v1::Alert alert = MakeAlert(id, 0, {"4w"});
    alert.set_state(state);
    return Apply(alert);
  }
  v1::Alert As(v1::Alert alert, v1::State::Value state) {
    alert.set_state(state);
    return Apply(alert);
  }
  static std::vector<std::string> Ids(const std::vector<AlertFramePtr>& frames) {
    std::vector<std::string> ids;
    ids.reserve(frames.size());
    for (const AlertFramePtr& frame : frames) ids.push_back(frame->alert.id());
    return ids;
  }

  WardPc pc_{"4w-pc-01"};
  WardPc console_{"console", true};
};

TEST_F(Unsent, ReachesNoSession) {
  for (const auto state : {v1::State::DRAFT, v1::State::PENDING_APPROVAL, v1::State::SCHEDULED}) {
    Put(v1::State::Value_Name(state), state);
    EXPECT_FALSE(pc_.Take());
    EXPECT_FALSE(console_.Take());
  }
  EXPECT_EQ(pc_.wakes(), 1) << "for synced only";
  EXPECT_EQ(console_.wakes(), 1);
  WardPc late("4w-pc-02");
  Settle(late, hub_);
  EXPECT_THAT(late.held(), IsEmpty());
}

TEST_F(Unsent, IsCountedApart) {
  Put("A", v1::State::DRAFT);
  Put("B", v1::State::PENDING_APPROVAL);
  const v1::Alert scheduled = Put("C", v1::State::SCHEDULED);
  Put("D", v1::State::ACTIVE);
  Put("E", v1::State::RECOVERING);
  EXPECT_EQ(hub_.Counts().open, 2U);
  EXPECT_EQ(hub_.Counts().scheduled, 1U);
  EXPECT_EQ(hub_.Counts().drafts, 2U);
  EXPECT_THAT(Ids(hub_.OpenAlerts()), ElementsAre("E", "D"));
  EXPECT_THAT(Ids(hub_.ScheduledAlerts()), ElementsAre("C"));
  EXPECT_THAT(Ids(hub_.OpenAndScheduledAlerts()), ElementsAre("E", "D", "C"));
  EXPECT_NE(hub_.FindCurrent("A"), nullptr);
  As(scheduled, v1::State::ACTIVE);
  EXPECT_EQ(hub_.Counts().open, 3U);
  EXPECT_THAT(Ids(hub_.ScheduledAlerts()), IsEmpty());
}

TEST_F(Unsent, ReachesThemWhenItGoesOut) {
  v1::Alert alert = Put("A", v1::State::PENDING_APPROVAL);
  alert = As(alert, v1::State::SCHEDULED);
  EXPECT_FALSE(pc_.Take());
  As(alert, v1::State::ACTIVE);
  EXPECT_THAT(SentIds(*pc_.Take()), ElementsAre("A"));
  EXPECT_THAT(SentIds(*console_.Take()), ElementsAre("A"));
}

TEST_F(Unsent, WhatIsTakenBackUnsentIsShownNowhere) {
  for (const auto state : {v1::State::DRAFT, v1::State::SCHEDULED}) {
    const v1::Alert alert = Put(v1::State::Value_Name(state), state);
    End(alert);
    EXPECT_FALSE(pc_.Take());
    EXPECT_FALSE(console_.Take());
  }
  EXPECT_EQ(hub_.Counts().closed, 2U);
  EXPECT_EQ(hub_.Counts().drafts + hub_.Counts().scheduled, 0U);
}

TEST_F(Unsent, WhatWaitsForItsTimeAgainIsTakenAway) {
  const v1::Alert alert = Publish("A", {"4w"});
  pc_.TakeAll();
  console_.TakeAll();
  As(alert, v1::State::SCHEDULED);
  EXPECT_THAT(RemovedIds(*pc_.Take()), ElementsAre("A"));
  EXPECT_THAT(RemovedIds(*console_.Take()), ElementsAre("A"));
  EXPECT_THAT(pc_.open(), IsEmpty());
}

TEST_F(Unsent, IsThereAfterEverythingWasReadAnew) {
  v1::Alert draft = MakeAlert("A", 2, {"4w"});
  draft.set_state(v1::State::DRAFT);
  v1::Alert scheduled = MakeAlert("B", 3, {"4w"});
  scheduled.set_state(v1::State::SCHEDULED);
  hub_.Replace({.log = {.log_id = testing::kLog, .generation = 2},
                .directory = testing::MakeDirectory(content_, 1),
                .directory_sequence = 1,
                .alerts = {testing::Stored(draft), testing::Stored(scheduled)},
                .answers = {},
                .applied = 3});
  EXPECT_EQ(hub_.Counts().drafts, 1U);
  EXPECT_THAT(Ids(hub_.ScheduledAlerts()), ElementsAre("B"));
  const auto told = pc_.Take();
  ASSERT_TRUE(told) << "the new life of the log";
  EXPECT_THAT(SentIds(*told), IsEmpty());
}

}  // namespace
}  // namespace wardcast
