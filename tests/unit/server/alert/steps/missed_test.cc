// What the clock did not do, put to the publisher: WithMissed.
#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "server/alert/lifecycle.h"
#include "server/alert/steps.h"
#include "server/alert/validation.h"
#include "tests/unit/server/alert/notice.h"

namespace wardcast {
namespace {

using testing::Each;
using testing::ElementsAre;
using testing::SizeIs;
using namespace std::chrono_literals;

const TimePoint kMissedNow = At("2026-03-01T21:07:00Z");  // 14:07 in Denver

// The broker stood still from `since` to `now`.
std::vector<Step> MissedBetween(const v1::Alert& alert, TimePoint since, TimePoint now) {
  return NextSteps(alert, Hospital(), now, since).missed;
}

v1::Alert AfterPause(const v1::Alert& alert, TimePoint since, TimePoint now) {
  const auto asked = WithMissed(alert, MissedBetween(alert, since, now), Hospital(), now);
  EXPECT_TRUE(asked);
  return asked.value_or(alert);
}

std::vector<v1::MissedStep::Kind> AskedKinds(const v1::Alert& alert) {
  std::vector<v1::MissedStep::Kind> kinds;
  for (const v1::MissedStep& step : alert.missed()) kinds.push_back(step.kind());
  return kinds;
}

v1::Alert ToBeSentAt(TimePoint time) {
  v1::Alert written = LabOutage();
  *written.mutable_send_at()->mutable_at() = ToTimestamp(time);
  return *NewAlert(written, Hospital(), "x", kMissedNow);
}

v1::Alert WorkAt(const char* start, TimePoint now) {
  v1::Alert written = LabOutage();
  written.set_kind(v1::Kind::PLANNED_DOWNTIME);
  written.set_severity(v1::Severity::MODERATE);
  *written.mutable_start()->mutable_at() = ToTimestamp(At(start));
  return *NewAlert(written, Hospital(), "x", now);
}

TEST(Missed, ANoticeThatWasNotSentStillWaits) {
  const v1::Alert alert = ToBeSentAt(kMissedNow + 1h);
  const TimePoint late = kMissedNow + 2h;
  const v1::Alert asked = AfterPause(alert, kMissedNow, late);
  ASSERT_THAT(asked.missed(), SizeIs(1));
  EXPECT_EQ(asked.missed(0).kind(), v1::MissedStep::KIND_SEND);
  EXPECT_EQ(FromTimestamp(asked.missed(0).due().at()), kMissedNow + 1h);
  EXPECT_EQ(asked.missed(0).due().utc_offset_minutes(), -7 * 60) << "as the site's clocks show it";
  EXPECT_EQ(asked.state(), v1::State::SCHEDULED);
  EXPECT_TRUE(asked.has_send_at());
  EXPECT_EQ(asked.round(), 0);
  EXPECT_EQ(asked.revision(), alert.revision()) << "no edit is refused for it";
}

TEST(Missed, AMonthOfShiftStartsIsTenQuestions) {
  const v1::Alert alert = *NewAlert(LabOutage(), Hospital(), "x", kMissedNow);
  const TimePoint later = kMissedNow + std::chrono::days(30);
  ASSERT_THAT(MissedBetween(alert, kMissedNow, later), SizeIs(60));
  const v1::Alert asked = AfterPause(alert, kMissedNow, later);
  ASSERT_THAT(asked.missed(), SizeIs(10));
  EXPECT_THAT(AskedKinds(asked), Each(v1::MissedStep::KIND_SHIFT_START));
  EXPECT_EQ(FromTimestamp(asked.missed(9).due().at()), At("2026-03-31T13:00:00Z")) << "the newest";
  for (int i = 1; i < asked.missed_size(); ++i) {
    EXPECT_LT(FromTimestamp(asked.missed(i - 1).due().at()),
              FromTimestamp(asked.missed(i).due().at()));
  }
  EXPECT_EQ(asked.round(), alert.round());
}

TEST(Missed, OfPlannedWorkAreItsRemindersAndItsStart) {
  const TimePoint written = At("2026-02-20T09:00:00Z");
  const v1::Alert alert = WorkAt("2026-03-02T09:00:00Z", written);
  ASSERT_EQ(alert.state(), v1::State::SCHEDULED);
  const v1::Alert asked = AfterPause(alert, written, At("2026-03-02T10:00:00Z"));
  EXPECT_THAT(AskedKinds(asked),
              ElementsAre(v1::MissedStep::KIND_REMINDER, v1::MissedStep::KIND_REMINDER,
                          v1::MissedStep::KIND_REMINDER, v1::MissedStep::KIND_REMINDER,
                          v1::MissedStep::KIND_START));
}

TEST(Missed, TwoRemindersOfOneMomentAreOneQuestion) {
  const TimePoint written = At("2026-02-20T09:00:00Z");
  // An hour before it begins is 19:00 in Denver, when a shift starts.
  const v1::Alert alert = WorkAt("2026-03-02T03:00:00Z", written);
  const TimePoint late = At("2026-03-02T02:10:00Z");
  ASSERT_THAT(MissedBetween(alert, At("2026-03-02T01:00:00Z"), late), SizeIs(2));
  const v1::Alert asked = AfterPause(alert, At("2026-03-02T01:00:00Z"), late);
  EXPECT_THAT(AskedKinds(asked), ElementsAre(v1::MissedStep::KIND_REMINDER));
}

TEST(Missed, AreAddedToWhatIsAskedAlready) {
  const v1::Alert alert = *NewAlert(LabOutage(), Hospital(), "x", kMissedNow);
  const TimePoint night = At("2026-03-02T03:00:00Z");
  const TimePoint noon = At("2026-03-02T19:00:00Z");
  const v1::Alert once = AfterPause(alert, kMissedNow, night);
  const v1::Alert twice = AfterPause(once, night, noon);
  EXPECT_THAT(twice.missed(), SizeIs(2));
  EXPECT_EQ(WithMissed(twice, MissedBetween(twice, night, noon), Hospital(), noon), std::nullopt)
      << "and asked about once";
  EXPECT_EQ(WithMissed(twice, {}, Hospital(), noon), std::nullopt);
}

TEST(Missed, AreThoseOfTheAlertAsItNowIs) {
  const TimePoint written = At("2026-02-20T09:00:00Z");
  const v1::Alert alert = WorkAt("2026-03-02T09:00:00Z", written);
  const TimePoint late = At("2026-03-02T08:50:00Z");
  const std::vector<Step> missed = MissedBetween(alert, written, late);
  ASSERT_FALSE(missed.empty());
  v1::PostponeAlertRequest later;
  *later.mutable_start()->mutable_at() = ToTimestamp(At("2026-03-09T09:00:00Z"));
  const v1::Alert moved = **PostponedAlert(alert, later, Hospital(), late);
  EXPECT_EQ(WithMissed(moved, missed, Hospital(), late), std::nullopt);
  const v1::Alert recalled = **RecalledAlert(alert, {}, Hospital(), late);
  EXPECT_EQ(WithMissed(recalled, missed, Hospital(), late), std::nullopt);
}

TEST(Missed, DoNotKeepTheNextStepFromBeingMade) {
  const TimePoint written = At("2026-02-20T09:00:00Z");
  const v1::Alert alert = WorkAt("2026-03-02T09:00:00Z", written);
  // Nothing ran from 01:00 to five minutes after the last reminder.
  const TimePoint late = At("2026-03-02T08:50:00Z");
  const v1::Alert asked = AfterPause(alert, At("2026-03-02T08:00:00Z") - 1min, late);
  const Plan plan = NextSteps(asked, Hospital(), late);
  ASSERT_THAT(plan.due, SizeIs(1));
  const auto reminded = AfterSteps(asked, {plan.due[0].key}, Hospital(), late);
  ASSERT_TRUE(reminded);
  EXPECT_EQ(reminded->state(), v1::State::ACTIVE);
  EXPECT_THAT(AskedKinds(*reminded), ElementsAre(v1::MissedStep::KIND_REMINDER))
      << "the one an hour before";
}

TEST(Missed, FitIntoANoticeThatIsAsLongAsOneMayBe) {
  v1::Alert alert = *NewAlert(LabOutage(), Hospital(), "x", kMissedNow);
  while (!CheckSize(alert)) alert.add_still_works("Printing");
  // Room for two or three questions.
  for (int i = 0; i < 15; ++i) alert.mutable_still_works()->RemoveLast();
  const TimePoint later = kMissedNow + std::chrono::days(30);
  const auto asked = WithMissed(alert, MissedBetween(alert, kMissedNow, later), Hospital(), later);
  ASSERT_TRUE(asked);
  EXPECT_FALSE(CheckSize(*asked));
  ASSERT_FALSE(asked->missed().empty());
  EXPECT_LT(asked->missed_size(), 10);
  EXPECT_EQ(FromTimestamp(asked->missed().rbegin()->due().at()), At("2026-03-31T13:00:00Z"))
      << "the newest first of all";
}

}  // namespace
}  // namespace wardcast
