// Steps of the clock: each once, with its effect, whatever the number of brokers.
#include <gmock/gmock.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <stdexcept>
#include <thread>

#include "tests/contract/store/store_contract.h"

namespace wardcast {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class Steps : public StoreContract {
 protected:
  static StepRow Reminder(minutes before, const std::string& target = "") {
    return {.step = "reminder-" + std::to_string(before.count()) + "m@noon",
            .target = target,
            .round = 0,
            .due = kStart - before};
  }
  static StepRow Missed(StepRow step) {
    step.outcome = StepOutcome::kMissed;
    return step;
  }
  // Each fresh step calls attention once more, and each that was missed is asked about.
  AlertChange Taking(const std::string& alert_id, std::vector<StepRow> steps) const {
    AlertChange change;
    change.caller = "clock";
    change.alert_id = alert_id;
    change.steps = std::move(steps);
    change.take_steps =
        [](const v1::Alert& current,
           const std::vector<StepRow>& fresh) -> Result<std::optional<AlertDecision>> {
      AlertDecision decision{.alert = current, .expected = {}};
      for (const StepRow& step : fresh) {
        if (step.outcome == StepOutcome::kMissed) {
          decision.alert.add_missed();
        } else {
          decision.alert.set_round(decision.alert.round() + 1);
        }
      }
      return decision;
    };
    change.now = kStart;
    return change;
  }
  std::vector<RecordedStep> Recorded(const std::string& alert_id, Store& store) {
    const auto steps = store.LoadSteps(alert_id);
    EXPECT_TRUE(steps) << steps.error().message;
    return steps.value_or(std::vector<RecordedStep>{});
  }
  std::vector<RecordedStep> Recorded(const std::string& alert_id) {
    return Recorded(alert_id, *store_);
  }
};

TEST_P(Steps, AStepIsTakenOnce) {
  const std::string id = Publish("planned").stored.alert.id();
  const AlertChange change = Taking(id, {Reminder(minutes(60)), Reminder(minutes(15))});
  const auto taken = store_->Change(change, Seal());
  ASSERT_TRUE(taken) << taken.error().message;
  EXPECT_TRUE(taken->changed);
  EXPECT_EQ(taken->stored.alert.round(), 2);

  const auto again = store_->Change(change, Seal());
  ASSERT_TRUE(again) << again.error().message;
  EXPECT_FALSE(again->changed);
  EXPECT_EQ(again->stored.alert.round(), 2);

  Reopen();
  const auto recorded = Recorded(id);
  ASSERT_EQ(recorded.size(), 2u);
  EXPECT_EQ(recorded[0].step, Reminder(minutes(60)));
  EXPECT_EQ(recorded[0].at, kStart);
  EXPECT_EQ(recorded[1].step, Reminder(minutes(15)));
  ExpectNoGaps(2);
}

TEST_P(Steps, OnlyWhatIsFreshIsAsked) {
  const std::string id = Publish("planned").stored.alert.id();
  ASSERT_TRUE(store_->Change(Taking(id, {Reminder(minutes(60))}), Seal()));
  AlertChange change =
      Taking(id, {Reminder(minutes(60)), Reminder(minutes(15)), Reminder(minutes(15))});
  std::vector<StepRow> asked;
  const auto take = change.take_steps;
  change.take_steps = [&](const v1::Alert& current, const std::vector<StepRow>& fresh) {
    asked = fresh;
    return take(current, fresh);
  };
  ASSERT_TRUE(store_->Change(change, Seal()));
  EXPECT_THAT(asked, ElementsAre(Reminder(minutes(15))));
}

TEST_P(Steps, StepTargetAndRoundMakeTheKey) {
  const std::string id = Publish("one").stored.alert.id();
  const std::string other = Publish("other").stored.alert.id();
  StepRow second = Reminder(minutes(60));
  second.round = 2;
  const auto taken = store_->Change(Taking(id, {Reminder(minutes(60)), Reminder(minutes(60), "4w"),
                                                Reminder(minutes(60), "icu"), second}),
                                    Seal());
  ASSERT_TRUE(taken);
  EXPECT_EQ(taken->stored.alert.round(), 4);
  EXPECT_TRUE(store_->Change(Taking(other, {Reminder(minutes(60))}), Seal())->changed);
  EXPECT_EQ(Recorded(id).size(), 4u);
  EXPECT_EQ(Recorded(other).size(), 1u);
}

TEST_P(Steps, AStepAndItsEffectAreOneTransaction) {
  const std::string id = Publish("planned").stored.alert.id();
  AlertChange refused = Taking(id, {Reminder(minutes(60))});
  refused.take_steps = [](const v1::Alert&,
                          const std::vector<StepRow>&) -> Result<std::optional<AlertDecision>> {
    return Fail(Code::kFailedPrecondition, "no");
  };
  EXPECT_EQ(store_->Change(refused, Seal()).error().message, "no");
  EXPECT_THAT(Recorded(id), IsEmpty());

  const auto unsealed = store_->Change(
      Taking(id, {Reminder(minutes(60))}),
      [](const v1::Alert&) -> v1::SignedAlert { throw std::runtime_error("no key"); });
  EXPECT_FALSE(unsealed);
  EXPECT_THAT(Recorded(id), IsEmpty());

  EXPECT_TRUE(store_->Change(Taking(id, {Reminder(minutes(60))}), Seal())->changed);
  EXPECT_EQ(Recorded(id).size(), 1u);
  ExpectNoGaps(2);
}

TEST_P(Steps, AStepWithoutEffectMayHaveOneLater) {
  const std::string id = Publish("planned").stored.alert.id();
  AlertChange nothing = Taking(id, {Reminder(minutes(60))});
  nothing.take_steps = [](const v1::Alert&,
                          const std::vector<StepRow>&) -> Result<std::optional<AlertDecision>> {
    return std::nullopt;
  };
  const auto left = store_->Change(nothing, Seal());
  ASSERT_TRUE(left) << left.error().message;
  EXPECT_FALSE(left->changed);
  EXPECT_THAT(Recorded(id), IsEmpty());
  EXPECT_TRUE(store_->Change(Taking(id, {Reminder(minutes(60))}), Seal())->changed);
  ExpectNoGaps(2);
}

TEST_P(Steps, TheClockIsNoEditor) {
  const std::string id = Publish("planned").stored.alert.id();
  ASSERT_TRUE(store_->Change(Taking(id, {Reminder(minutes(60))}), Seal()));
  EXPECT_THAT(store_->LoadEditors(id).value(), ElementsAre("admin"));
}

TEST_P(Steps, StepsOfNoAlertAreNotFound) {
  EXPECT_EQ(store_->Change(Taking("01NOSUCH", {Reminder(minutes(60))}), Seal()).error().code,
            Code::kNotFound);
  EXPECT_THAT(Recorded("01NOSUCH"), IsEmpty());
}

TEST_P(Steps, WhatWasMissedIsRecordedWithItsQuestion) {
  const std::string id = Publish("planned").stored.alert.id();
  const AlertChange change = Taking(id, {Missed(Reminder(minutes(60))), Reminder(minutes(15))});
  const auto changed = store_->Change(change, Seal());
  ASSERT_TRUE(changed) << changed.error().message;
  EXPECT_EQ(changed->stored.alert.missed_size(), 1);
  EXPECT_EQ(changed->stored.alert.round(), 1) << "what is due is done in the same version";
  EXPECT_FALSE(store_->Change(change, Seal())->changed);
  Reopen();
  const auto recorded = Recorded(id);
  ASSERT_EQ(recorded.size(), 2u);
  EXPECT_EQ(recorded[0].step, Missed(Reminder(minutes(60))));
  EXPECT_EQ(recorded[1].step, Reminder(minutes(15)));
  EXPECT_EQ(store_->LoadAlert(id)->alert.missed_size(), 1);
  ExpectNoGaps(2);
}

TEST_P(Steps, AQuestionThatIsRefusedLeavesNoRow) {
  const std::string id = Publish("planned").stored.alert.id();
  AlertChange refused = Taking(id, {Missed(Reminder(minutes(60)))});
  refused.take_steps = [](const v1::Alert&,
                          const std::vector<StepRow>&) -> Result<std::optional<AlertDecision>> {
    return Fail(Code::kFailedPrecondition, "no");
  };
  EXPECT_EQ(store_->Change(refused, Seal()).error().message, "no");
  EXPECT_THAT(Recorded(id), IsEmpty());
  ExpectNoGaps(1);
}

TEST_P(Steps, WhatWasMissedIsNeverTaken) {
  const std::string id = Publish("planned").stored.alert.id();
  ASSERT_TRUE(store_->Change(Taking(id, {Missed(Reminder(minutes(60)))}), Seal())->changed);
  EXPECT_FALSE(store_->Change(Taking(id, {Reminder(minutes(60))}), Seal())->changed);
  // And the other way round.
  ASSERT_TRUE(store_->Change(Taking(id, {Reminder(minutes(15))}), Seal())->changed);
  AlertChange later = Taking(id, {Missed(Reminder(minutes(15))), Missed(Reminder(minutes(60)))});
  later.now = kStart + hours(1);
  EXPECT_FALSE(store_->Change(later, Seal())->changed);
  const auto recorded = Recorded(id);
  ASSERT_EQ(recorded.size(), 2u);
  EXPECT_EQ(recorded[0].step.outcome, StepOutcome::kMissed);
  EXPECT_EQ(recorded[0].at, kStart);
  EXPECT_EQ(recorded[1].step.outcome, StepOutcome::kFired);
  ExpectNoGaps(3);
}

TEST_P(Steps, ManyMissedStepsAreRecordedAtOnce) {
  const std::string id = Publish("outage").stored.alert.id();
  std::vector<StepRow> missed;
  for (int ward = 0; ward < 80; ++ward) {
    for (int shift = 0; shift < 60; ++shift) {
      missed.push_back({.step = "shift-" + std::to_string(shift),
                        .target = "ward-" + std::to_string(ward),
                        .round = 0,
                        .due = kStart + hours(12) * shift,
                        .outcome = StepOutcome::kMissed});
    }
  }
  AlertChange change = Taking(id, missed);
  change.now = kStart + days(31);
  change.take_steps = [](const v1::Alert& current,
                         const std::vector<StepRow>&) -> Result<std::optional<AlertDecision>> {
    return AlertDecision{.alert = current, .expected = {}};
  };
  EXPECT_TRUE(store_->Change(change, Seal())->changed);
  EXPECT_FALSE(store_->Change(change, Seal())->changed) << "again is no error";
  const auto recorded = Recorded(id);
  ASSERT_EQ(recorded.size(), missed.size());
  EXPECT_TRUE(std::ranges::all_of(recorded, [&](const RecordedStep& step) {
    return step.step.outcome == StepOutcome::kMissed && step.at == change.now;
  }));
  ExpectNoGaps(2);
}

TEST_P(Steps, TextThatNoDatabaseCanKeepIsRefused) {
  const std::string id = Publish("planned").stored.alert.id();
  StepRow odd = Reminder(minutes(60));
  odd.target = std::string("4w\0more", 7);
  EXPECT_EQ(store_->Change(Taking(id, {odd}), Seal()).error().code, Code::kInvalidArgument);
  EXPECT_EQ(store_->Change(Taking(id, {Missed(odd)}), Seal()).error().code, Code::kInvalidArgument);
}

TEST_P(Steps, TwoBrokersTakeAStepOnce) {
  const std::string id = Publish("planned").stored.alert.id();
  std::unique_ptr<Store> second;
  if (GetParam() == Database::kPostgresql) {
    auto opened = OpenStore(config(), kStart);
    ASSERT_TRUE(opened) << opened.error().message;
    second = std::move(*opened);
  }
  // SQLite serves one broker, whose threads must not do better than two brokers.
  const std::array<Store*, 2> brokers = {store_.get(), second ? second.get() : store_.get()};
  constexpr int kReminders = 12;
  std::atomic<int> changes = 0;
  std::atomic<int> failed = 0;
  for (int i = 0; i < kReminders; ++i) {
    std::atomic<int> come = 0;
    std::vector<std::jthread> clocks;
    clocks.reserve(2);
    for (Store* broker : brokers) {
      clocks.emplace_back([&, broker] {
        ++come;
        while (come < 2) std::this_thread::yield();
        const auto taken = broker->Change(Taking(id, {Reminder(minutes(i))}), Seal());
        if (!taken) ++failed;
        if (taken && taken->changed) ++changes;
      });
    }
  }
  EXPECT_EQ(failed, 0);
  EXPECT_EQ(changes, kReminders);
  EXPECT_EQ(store_->LoadAlert(id)->alert.round(), kReminders);
  EXPECT_EQ(Recorded(id, *brokers[1]).size(), static_cast<std::size_t>(kReminders));
  ExpectNoGaps(1 + kReminders);
}

TEST_P(Steps, TakingAndMissingAtTheSameTimeLeavesOneOfThem) {
  const std::string id = Publish("planned").stored.alert.id();
  for (int i = 0; i < 12; ++i) {
    std::atomic<int> come = 0;
    std::atomic<int> failed = 0;
    std::array<std::atomic<bool>, 2> changed{};
    const auto change = [&](std::size_t which, StepRow step) {
      ++come;
      while (come < 2) std::this_thread::yield();
      const auto done = store_->Change(Taking(id, {std::move(step)}), Seal());
      if (!done) ++failed;
      changed[which] = done && done->changed;
    };
    {
      const std::jthread taking([&] { change(0, Reminder(minutes(i))); });
      const std::jthread missing([&] { change(1, Missed(Reminder(minutes(i)))); });
    }
    EXPECT_EQ(failed, 0);
    EXPECT_NE(changed[0], changed[1]) << "one of them";
    const auto recorded = Recorded(id);
    ASSERT_EQ(recorded.size(), static_cast<std::size_t>(i) + 1);
    const auto at = std::ranges::find_if(recorded, [&](const RecordedStep& one) {
      return one.step.step == Reminder(minutes(i)).step;
    });
    ASSERT_NE(at, recorded.end());
    EXPECT_EQ(at->step.outcome, changed[0] ? StepOutcome::kFired : StepOutcome::kMissed);
  }
}

TEST_P(Steps, TheTimeIsTheStores) {
  const auto time = store_->Now();
  ASSERT_TRUE(time) << time.error().message;
  const TimePoint here = SystemClock().Now();
  EXPECT_LT(std::chrono::abs(*time - here), minutes(1));
  if (GetParam() == Database::kPostgresql) return;
  const ManualClock moved(kStart + hours(5));
  config().clock = &moved;
  Reopen();
  EXPECT_EQ(store_->Now().value(), kStart + hours(5));
  store_.reset();
}

INSTANTIATE_TEST_SUITE_P(Databases, Steps,
                         ::testing::Values(Database::kSqlite, Database::kPostgresql),
                         [](const auto& param) {
                           return param.param == Database::kSqlite ? "Sqlite" : "Postgresql";
                         });

}  // namespace
}  // namespace wardcast
