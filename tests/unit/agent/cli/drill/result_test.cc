#include "agent/cli/drill/result.h"

#include <gtest/gtest.h>

#include "base/proto_time.h"

namespace wardcast::cli {
namespace {

using namespace std::chrono_literals;

const TimePoint kWentOut = FromRfc3339("2026-03-03T21:00:00Z").value();

v1::Alert Drill() {
  v1::Alert drill;
  drill.set_status(v1::Status::EXERCISE);
  *drill.mutable_published_at()->mutable_at() = ToTimestamp(kWentOut);
  return drill;
}

v1::WardProgress& AddWard(v1::AlertProgress& progress, const std::string& id,
                          v1::WardState::Value state, int displayed) {
  v1::WardProgress& ward = *progress.add_by_ward();
  ward.set_ward_id(id);
  ward.set_name("Ward " + id);
  ward.set_state(state);
  ward.set_expected(2);
  ward.set_displayed(displayed);
  return ward;
}

void Answer(v1::WardProgress& ward, v1::Response::Value response, std::chrono::milliseconds after) {
  v1::WardAnswer& answer = *ward.add_answers();
  answer.set_response(response);
  answer.set_by("pc-01");
  answer.mutable_person()->set_initials("J.R.");
  *answer.mutable_at() = ToTimestamp(kWentOut + after);
}

TEST(DrillResult, TellsWhichWardAnsweredAfterWhatTime) {
  v1::AlertProgress progress;
  AddWard(progress, "dark", v1::WardState::DARK, 0);
  AddWard(progress, "shown", v1::WardState::DISPLAYED, 1);
  auto& quick = AddWard(progress, "quick", v1::WardState::ACKNOWLEDGED, 2);
  Answer(quick, v1::Response::PROCEDURE_STARTED, 40s);
  Answer(quick, v1::Response::NOT_AFFECTED, 10min);
  auto& slow = AddWard(progress, "slow", v1::WardState::ACKNOWLEDGED, 2);
  Answer(slow, v1::Response::NEED_HELP, 1min);
  Answer(slow, v1::Response::NOT_AFFECTED, 12min);
  AddWard(progress, "closed", v1::WardState::CLOSED, 0);
  const DrillResult result = ResultOf(Drill(), progress);
  EXPECT_EQ(result.wards, 4) << "a closed ward is not waited for";
  EXPECT_EQ(result.reached, 3);
  EXPECT_EQ(result.answered, 2);
  EXPECT_EQ(result.median, 40s);
  ASSERT_EQ(result.by_ward.size(), 5U);
  EXPECT_EQ(result.by_ward[2].answered_after, 40s) << "its first answer";
  EXPECT_EQ(result.by_ward[2].answered_by, "pc-01 J.R.");
  EXPECT_EQ(result.by_ward[3].answered_after, 12min) << "asking for help is no answer";
  EXPECT_FALSE(result.by_ward[1].answered_after);
  EXPECT_EQ(ResultLine(result), "2 of 4 wards answered, half of them within 40 s · 3 reached");
}

TEST(DrillResult, ARealProblemStandsUntilSomebodyFromOutsideAcknowledges) {
  v1::AlertProgress progress;
  auto& real = AddWard(progress, "real", v1::WardState::HELP, 1);
  Answer(real, v1::Response::PROCEDURE_STARTED, 1min);
  Answer(real, v1::Response::REAL_PROBLEM, 2min);
  Answer(real, v1::Response::PROCEDURE_STARTED, 3min);
  auto& settled = AddWard(progress, "settled", v1::WardState::ACKNOWLEDGED, 1);
  Answer(settled, v1::Response::REAL_PROBLEM, 2min);
  Answer(settled, v1::Response::NOT_AFFECTED, 3min);
  settled.mutable_answers(1)->set_from_outside(true);
  const DrillResult result = ResultOf(Drill(), progress);
  EXPECT_TRUE(result.by_ward[0].real_problem);
  EXPECT_FALSE(result.by_ward[1].real_problem);
  EXPECT_EQ(result.real_problems, 1);
  EXPECT_EQ(ResultLine(result),
            "2 of 2 wards answered, half of them within 1 min · 2 reached · REAL PROBLEM: 1");
}

// The clock of a broker that took over may be a little behind.
TEST(DrillResult, AnAnswerIsNeverBeforeTheDrill) {
  v1::AlertProgress progress;
  Answer(AddWard(progress, "4w", v1::WardState::ACKNOWLEDGED, 1), v1::Response::NOT_AFFECTED, -3s);
  EXPECT_EQ(ResultOf(Drill(), progress).by_ward[0].answered_after, 0s);
}

TEST(DrillResult, OfNothingIsNothing) {
  const DrillResult result = ResultOf(Drill(), {});
  EXPECT_FALSE(result.median);
  EXPECT_EQ(ResultLine(result), "0 of 0 wards answered · 0 reached");
}

TEST(SpanText, IsShort) {
  EXPECT_EQ(SpanText(59s), "59 s");
  EXPECT_EQ(SpanText(12min + 59s), "12 min");
  EXPECT_EQ(SpanText(72min), "1 h 12 min");
}

}  // namespace
}  // namespace wardcast::cli
