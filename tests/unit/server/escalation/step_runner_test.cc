#include "server/escalation/step_runner.h"

#include "tests/unit/server/escalation/clock_scene.h"

namespace wardcast {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::kMorning;
using ::testing::SizeIs;

class StepRunnerTest : public testing::ClockScene {};

TEST_F(StepRunnerTest, WhatWaitsForItsTimeGoesOutThen) {
  const std::string id = Put(SendAt(clock_.Now() + seconds(10)));
  const auto runner = Start();
  Pass(seconds(10) - milliseconds(1));
  ASSERT_TRUE(HasLooked());
  EXPECT_EQ(StateOf(id), v1::State::SCHEDULED);
  Pass(milliseconds(1));
  EXPECT_TRUE(Becomes([&] { return StateOf(id) == v1::State::ACTIVE; }));
  ASSERT_TRUE(HasLooked());
  EXPECT_EQ(Versions(id), 2u) << "once";
  EXPECT_THAT(Outcomes(id), ElementsAre(StepOutcome::kFired));
  EXPECT_TRUE(Becomes([&] { return runner->Counts().taken == 1; }));
  EXPECT_EQ(runner->Counts().missed, 0u);
}

TEST_F(StepRunnerTest, DraftsAreLeftAlone) {
  v1::Alert draft = SendAt(clock_.Now() + seconds(10));
  draft.set_state(v1::State::DRAFT);
  const std::string id = Put(draft);
  draft.set_state(v1::State::PENDING_APPROVAL);
  const std::string waiting = Put(draft);
  const auto runner = Start();
  Pass(seconds(11));
  ASSERT_TRUE(HasLooked());
  EXPECT_EQ(StateOf(id), v1::State::DRAFT);
  EXPECT_EQ(StateOf(waiting), v1::State::PENDING_APPROVAL);
}

TEST_F(StepRunnerTest, InformationEndsAtItsTimeAndNothingElseDoes) {
  v1::Alert information = Outage();
  information.set_kind(v1::Kind::INFORMATION);
  information.set_severity(v1::Severity::MINOR);
  *information.mutable_expires() = ToTimestamp(clock_.Now() + hours(6));
  v1::Alert outage = information;
  outage.set_kind(v1::Kind::OUTAGE);
  const std::string ends = Put(information);
  const std::string stays = Put(outage);
  const auto runner = Start();
  Pass(hours(6) - milliseconds(1));
  ASSERT_TRUE(HasLooked());
  EXPECT_EQ(StateOf(ends), v1::State::ACTIVE);
  Pass(milliseconds(1));
  EXPECT_TRUE(Becomes([&] { return StateOf(ends) == v1::State::CLOSED; }));
  EXPECT_EQ(Stored(ends).closing(), v1::Closing::EXPIRED);
  EXPECT_EQ(StateOf(stays), v1::State::ACTIVE) << "an outage ends when a person says so";
}

TEST_F(StepRunnerTest, TwoRunnersTakeEachStepOnce) {
  std::vector<std::string> ids;
  ids.reserve(20);
  for (int i = 0; i < 20; ++i) ids.push_back(Put(SendAt(clock_.Now() + seconds(10))));
  const auto one = Start();
  const auto two = Start();
  Pass(seconds(10));
  EXPECT_TRUE(Becomes([&] {
    return std::ranges::all_of(
        ids, [&](const std::string& id) { return StateOf(id) == v1::State::ACTIVE; });
  }));
  ASSERT_TRUE(HasLooked());
  for (const std::string& id : ids) {
    EXPECT_EQ(Versions(id), 2u);
    EXPECT_THAT(Outcomes(id), SizeIs(1));
  }
}

TEST_F(StepRunnerTest, AnOpenOutageIsShownOnceMoreAtTheShiftStart) {
  const std::string id = Put(Outage());
  const auto runner = Start();
  Pass(kMorning + hours(12) - clock_.Now() - milliseconds(1));
  ASSERT_TRUE(HasLooked());
  EXPECT_EQ(Versions(id), 1u);
  Pass(milliseconds(1));
  EXPECT_TRUE(Becomes([&] { return Versions(id) == 2; }));
  Pass(minutes(9));
  ASSERT_TRUE(HasLooked());
  EXPECT_EQ(Versions(id), 2u);
  EXPECT_THAT(Outcomes(id), ElementsAre(StepOutcome::kFired));
}

TEST_F(StepRunnerTest, AMonthsPauseIsAskedAboutAndNotMadeUpFor) {
  const std::string id = Put(Outage());
  const v1::Alert before = Stored(id);
  Pass(days(30));  // 08:01: clocks have changed meanwhile
  {
    const auto runner = Start();
    // Every shift start from 1 March 19:00 to 31 March 07:00.
    EXPECT_TRUE(Becomes([&] { return Outcomes(id).size() == 60; })) << Outcomes(id).size();
    EXPECT_THAT(Outcomes(id), Each(StepOutcome::kMissed));
    EXPECT_TRUE(Becomes([&] { return runner->Counts().missed == 60; }));
    ASSERT_TRUE(HasLooked());
    EXPECT_EQ(Versions(id), 2u) << "one question for all of them";
    EXPECT_EQ(Stored(id).missed_size(), 10) << "about the newest";
    EXPECT_EQ(Stored(id).round(), before.round());
    EXPECT_EQ(Stored(id).revision(), before.revision());
  }
  // Another start asks nothing again, and the next shift is told.
  const auto runner = Start();
  ASSERT_TRUE(HasLooked());
  EXPECT_EQ(Versions(id), 2u);
  EXPECT_EQ(runner->Counts().missed, 0u);
  Pass(kMorning + days(31) - hours(13) - clock_.Now());
  EXPECT_TRUE(Becomes([&] { return Versions(id) == 3; }));
  EXPECT_EQ(Outcomes(id).back(), StepOutcome::kFired);
  EXPECT_GT(Stored(id).round() + Stored(id).ward_overrides_size(), before.round());
  EXPECT_EQ(Stored(id).missed_size(), 10) << "nobody has settled it";
}

TEST_F(StepRunnerTest, ANoticeWhoseTimeWasMissedIsNotSentLate) {
  const std::string id = Put(SendAt(clock_.Now() + minutes(10)));
  auto runner = Start();
  ASSERT_TRUE(HasLooked());
  runner.reset();
  Pass(minutes(70));
  runner = Start();
  EXPECT_TRUE(Becomes([&] { return Stored(id).missed_size() == 1; }));
  ASSERT_TRUE(HasLooked());
  EXPECT_EQ(StateOf(id), v1::State::SCHEDULED);
  EXPECT_EQ(Stored(id).missed(0).kind(), v1::MissedStep::KIND_SEND);
  EXPECT_THAT(Outcomes(id), ElementsAre(StepOutcome::kMissed));
  // Left so, it is not asked about again.
  v1::Alert settled = Stored(id);
  settled.clear_missed();
  Put(settled);
  runner.reset();
  runner = Start();
  ASSERT_TRUE(HasLooked());
  EXPECT_EQ(Stored(id).missed_size(), 0);
  EXPECT_EQ(Versions(id), 3u);
}

TEST_F(StepRunnerTest, WhatWasMissedAndWhatIsDueAreOneVersion) {
  Pass(hours(1));  // 08:01
  v1::Alert work = Outage();
  work.set_kind(v1::Kind::PLANNED_DOWNTIME);
  work.set_state(v1::State::SCHEDULED);
  work.set_round(0);
  work.clear_published_at();
  *work.mutable_start()->mutable_at() = ToTimestamp(clock_.Now() + hours(2));
  const std::string id = Put(work);
  Pass(hours(2) - minutes(10));  // five minutes after the last reminder
  const auto runner = Start();
  EXPECT_TRUE(Becomes([&] { return StateOf(id) == v1::State::ACTIVE; }));
  ASSERT_TRUE(HasLooked());
  EXPECT_EQ(Versions(id), 2u);
  ASSERT_EQ(Stored(id).missed_size(), 1) << "the reminder an hour before";
  EXPECT_EQ(Stored(id).missed(0).kind(), v1::MissedStep::KIND_REMINDER);
  EXPECT_THAT(Outcomes(id), ElementsAre(StepOutcome::kMissed, StepOutcome::kFired));
  EXPECT_TRUE(Becomes([&] { return runner->Counts().missed == 1 && runner->Counts().taken == 1; }));
}

TEST_F(StepRunnerTest, AShortRestartMissesNothing) {
  const std::string id = Put(SendAt(clock_.Now() + seconds(10)));
  {
    const auto runner = Start();
  }
  Pass(minutes(5));
  const auto runner = Start();
  EXPECT_TRUE(Becomes([&] { return StateOf(id) == v1::State::ACTIVE; }));
  EXPECT_THAT(Outcomes(id), ElementsAre(StepOutcome::kFired));
}

TEST_F(StepRunnerTest, AJumpOfTheClockMakesNothingUp) {
  const std::string id = Put(Outage());
  const auto runner = Start();
  ASSERT_TRUE(HasLooked());
  clock_.Advance(hours(18));  // and nothing has passed here
  EXPECT_TRUE(Becomes([&] { return !Outcomes(id).empty(); }));
  EXPECT_THAT(Outcomes(id), ElementsAre(StepOutcome::kMissed));
  EXPECT_EQ(Stored(id).missed_size(), 1);
  EXPECT_EQ(Stored(id).round(), 1);
  EXPECT_GE(runner->Counts().breaks, 1u);
}

TEST_F(StepRunnerTest, AClockThatGoesBackTakesNothingTwice) {
  const std::string id = Put(SendAt(clock_.Now() + seconds(10)));
  const auto runner = Start();
  Pass(seconds(10));
  EXPECT_TRUE(Becomes([&] { return StateOf(id) == v1::State::ACTIVE; }));
  clock_.Advance(-hours(1));
  ASSERT_TRUE(HasLooked());
  Pass(hours(1));
  ASSERT_TRUE(HasLooked());
  EXPECT_EQ(Versions(id), 2u);
  EXPECT_GE(runner->Counts().breaks, 1u);
}

TEST_F(StepRunnerTest, WhatFailsIsTriedAgain) {
  const std::string id = Put(SendAt(clock_.Now() + seconds(10)));
  failures_ = 5;
  const auto runner = Start();
  Pass(seconds(10));
  EXPECT_TRUE(Becomes([&] { return StateOf(id) == v1::State::ACTIVE; }));
  EXPECT_TRUE(Becomes([&] { return runner->Counts().taken == 1; }));
}

TEST_F(StepRunnerTest, WhatIsTakenBackIsNotSent) {
  v1::Alert scheduled = SendAt(clock_.Now() + seconds(10));
  scheduled.set_id(Put(scheduled));
  const auto runner = Start();
  Pass(seconds(8));
  ASSERT_TRUE(HasLooked());
  v1::Alert recalled = testing::Ended(scheduled, 0, clock_.Now());
  recalled.set_closing(v1::Closing::RECALLED);
  Put(recalled);
  Pass(seconds(8));
  ASSERT_TRUE(HasLooked());
  EXPECT_EQ(StateOf(scheduled.id()), v1::State::CLOSED);
  EXPECT_THAT(Outcomes(scheduled.id()), IsEmpty());
}

TEST_F(StepRunnerTest, ADrillMakesWayForARealNoticeAtOnce) {
  v1::Alert drill = Outage();
  drill.set_status(v1::Status::EXERCISE);
  *drill.mutable_expires() = ToTimestamp(clock_.Now() + hours(2));
  const std::string id = Put(drill);
  *drill.mutable_audience()->mutable_wards(0) = "icu";
  const std::string elsewhere = Put(drill);
  // It would sleep for a minute if nothing woke it.
  const auto runner = Start(minutes(1));
  ASSERT_TRUE(Becomes([&] { return looks_ >= 1; }));
  const std::string real = Put(Outage());
  EXPECT_TRUE(Becomes([&] { return StateOf(id) == v1::State::CLOSED; }));
  EXPECT_EQ(Stored(id).closing(), v1::Closing::EXPIRED);
  EXPECT_EQ(Stored(id).closing_text(), "EXERCISE STOPPED. The next notice is real.");
  EXPECT_EQ(StateOf(real), v1::State::ACTIVE);
  EXPECT_EQ(StateOf(elsewhere), v1::State::ACTIVE) << "no ward of it has the real one";
  const auto steps = store_->LoadSteps(id).value();
  ASSERT_THAT(steps, SizeIs(1));
  EXPECT_EQ(steps.front().step.step, "real-notice");
  EXPECT_EQ(steps.front().step.target, real);
}

TEST_F(StepRunnerTest, TwoRunnersStopADrillOnce) {
  v1::Alert drill = Outage();
  drill.set_status(v1::Status::EXERCISE);
  *drill.mutable_expires() = ToTimestamp(clock_.Now() + hours(2));
  const std::string id = Put(drill);
  const auto one = Start();
  const auto two = Start();
  Put(Outage());
  Put(Outage());
  EXPECT_TRUE(Becomes([&] { return StateOf(id) == v1::State::CLOSED; }));
  ASSERT_TRUE(HasLooked());
  EXPECT_EQ(Versions(id), 2u);
}

TEST_F(StepRunnerTest, StopsWhileNothingIsDue) {
  Put(Outage());
  const auto began = std::chrono::steady_clock::now();
  {
    const StepRunner runner(
        *store_, hub_, [](const std::string&, std::vector<StepRow>) { return Result<int>(0); });
  }
  EXPECT_LT(std::chrono::steady_clock::now() - began, seconds(4)) << "it sleeps up to 5 s";
}

}  // namespace
}  // namespace wardcast
