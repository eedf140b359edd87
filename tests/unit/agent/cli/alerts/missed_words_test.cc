// What `wardcast show` says of what the clock missed.
#include "agent/cli/alerts/missed_words.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace wardcast::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

v1::Alert NoticeThatMissed(v1::State::Value state, v1::MissedStep::Kind kind) {
  v1::Alert alert;
  alert.set_id("01JNOTICE00000000000000000");
  alert.set_kind(v1::Kind::OUTAGE);
  alert.set_state(state);
  v1::MissedStep& step = *alert.add_missed();
  step.set_kind(kind);
  step.mutable_due()->mutable_at()->set_seconds(1'772'398'800);  // 2026-03-01T21:00:00Z
  step.mutable_due()->set_utc_offset_minutes(-420);
  step.mutable_due()->set_abbreviation("MST");
  return alert;
}

TEST(MissedText, IsNothingWhereNothingIsAsked) { EXPECT_THAT(MissedText({}), IsEmpty()); }

TEST(MissedText, OfANoticeThatWasNotSentOffersToSendIt) {
  const std::string text =
      MissedText(NoticeThatMissed(v1::State::SCHEDULED, v1::MissedStep::KIND_SEND));
  EXPECT_THAT(text, HasSubstr("  2026-03-01 14:00 MST  it was not sent\n"));
  EXPECT_THAT(text, HasSubstr("wardcast update 01JNOTICE00000000000000000 --send-now "));
  EXPECT_THAT(text, HasSubstr("--send-at WHEN"));
  EXPECT_THAT(text, HasSubstr("--settle-missed  leave it unsent\n"));
  EXPECT_THAT(text, Not(HasSubstr("--re-alert")));
  EXPECT_THAT(text, Not(HasSubstr("--started")));
}

TEST(MissedText, OfAnOpenNoticeOffersToShowItOnceMore) {
  const std::string text =
      MissedText(NoticeThatMissed(v1::State::ACTIVE, v1::MissedStep::KIND_SHIFT_START));
  EXPECT_THAT(text, HasSubstr("it was not shown to the shift that began"));
  EXPECT_THAT(text, HasSubstr("--re-alert  show it once more now\n"));
  EXPECT_THAT(text, HasSubstr("--settle-missed  leave it so\n"));
  EXPECT_THAT(text, Not(HasSubstr("--send-now")));
}

TEST(MissedText, OfPlannedWorkOffersToSayThatItHasBegun) {
  v1::Alert work = NoticeThatMissed(v1::State::SCHEDULED, v1::MissedStep::KIND_START);
  work.set_kind(v1::Kind::PLANNED_DOWNTIME);
  EXPECT_THAT(MissedText(work), HasSubstr("--started"));
  EXPECT_THAT(MissedText(work), HasSubstr("--send-now"));
  EXPECT_THAT(MissedText(work), Not(HasSubstr("--send-at"))) << "it waits for no time of its own";
  work.mutable_started_at()->mutable_at()->set_seconds(1);
  EXPECT_THAT(MissedText(work), Not(HasSubstr("--started")));
}

TEST(ToDoText, MarksInListsWhatSomebodyHasToSeeTo) {
  EXPECT_THAT(ToDoText({}), IsEmpty());
  v1::Alert alert = NoticeThatMissed(v1::State::ACTIVE, v1::MissedStep::KIND_SHIFT_START);
  EXPECT_EQ(ToDoText(alert), "MISSED by the clock");
  alert.set_missed_updates(2);
  EXPECT_EQ(ToDoText(alert), "MISSED by the clock, UPDATE OVERDUE");
  alert.clear_missed();
  alert.set_state(v1::State::CLOSED);
  EXPECT_THAT(ToDoText(alert), IsEmpty()) << "nobody waits for news of what is over";
}

}  // namespace
}  // namespace wardcast::cli
