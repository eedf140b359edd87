#include "server/alert/steps.h"

#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "tests/unit/server/alert/steps/timeline.h"

namespace wardcast {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;
using namespace std::chrono_literals;

const TimePoint kStepsNow = At("2026-03-01T21:07:00Z");

std::vector<std::string> NamesOf(const std::vector<Step>& steps) {
  std::vector<std::string> names;
  names.reserve(steps.size());
  for (const Step& step : steps) names.push_back(step.key.step);
  return names;
}

StepKey KeyOf(const std::string& step) { return {.step = step, .target = {}, .round = 0}; }

v1::Alert PlannedAt(const char* start, TimePoint now) {
  v1::Alert written = LabOutage();
  written.set_kind(v1::Kind::PLANNED_DOWNTIME);
  written.set_severity(v1::Severity::MODERATE);
  *written.mutable_start()->mutable_at() = ToTimestamp(At(start));
  const auto alert = NewAlert(written, Hospital(), "x", now);
  EXPECT_TRUE(alert) << alert.error().message;
  return *alert;
}

TEST(Steps, OfWhatIsHeldForTenSeconds) {
  v1::Alert written = LabOutage();
  *written.mutable_send_at()->mutable_at() = ToTimestamp(kStepsNow + 10s);
  const v1::Alert alert = *NewAlert(written, Hospital(), "x", kStepsNow);
  const Plan early = NextSteps(alert, Hospital(), kStepsNow + 9s);
  EXPECT_THAT(early.due, IsEmpty());
  EXPECT_EQ(early.ask_again, kStepsNow + 10s);
  Timeline held(alert, kStepsNow);
  held.RunTo(kStepsNow + 11s);
  EXPECT_THAT(held.told(), ElementsAre("send 21:07Z round 1 DIALOG PUBLISHED"));
  EXPECT_EQ(FromTimestamp(held.alert().published_at().at()), kStepsNow + 10s);
  EXPECT_FALSE(held.alert().has_send_at());
}

TEST(Steps, TooOldAreMissedAndNotMade) {
  v1::Alert written = LabOutage();
  *written.mutable_send_at()->mutable_at() = ToTimestamp(kStepsNow + 1h);
  const v1::Alert alert = *NewAlert(written, Hospital(), "x", kStepsNow);
  const TimePoint late = kStepsNow + 1h + 10min;
  EXPECT_THAT(NextSteps(alert, Hospital(), late - 1ms).due, SizeIs(1));
  const Plan plan = NextSteps(alert, Hospital(), late, kStepsNow);
  EXPECT_THAT(plan.due, IsEmpty());
  EXPECT_THAT(NamesOf(plan.missed), ElementsAre("send@2026-03-01T22:07:00Z"));
  EXPECT_THAT(NextSteps(alert, Hospital(), late).missed, IsEmpty()) << "without a pause";
  EXPECT_EQ(AfterSteps(alert, {plan.missed[0].key}, Hospital(), late), std::nullopt);
}

TEST(Steps, OfWhatIsClosedOrWrittenAreNone) {
  const v1::Alert alert = *NewAlert(LabOutage(), Hospital(), "x", kStepsNow);
  const v1::Alert recalled = **RecalledAlert(alert, {}, Hospital(), kStepsNow);
  const v1::Alert draft = *DraftOf(LabOutage(), Hospital(), "x", kStepsNow);
  for (const v1::Alert& quiet : {recalled, draft, AwaitingApproval(alert, "why", kStepsNow)}) {
    const Plan plan = NextSteps(quiet, Hospital(), kStepsNow + 3h, kStepsNow);
    EXPECT_THAT(plan.due, IsEmpty());
    EXPECT_THAT(plan.missed, IsEmpty());
    EXPECT_EQ(plan.ask_again, std::nullopt);
  }
}

TEST(Steps, OfAnOldPlanHaveNoEffect) {
  const v1::Alert alert = PlannedAt("2026-03-02T09:00:00Z", kStepsNow);
  const TimePoint hour_before = At("2026-03-02T08:00:00Z");
  const Plan plan = NextSteps(alert, Hospital(), hour_before);
  ASSERT_THAT(NamesOf(plan.due), ElementsAre("reminder-60m@2026-03-02T08:00:00Z"));
  v1::PostponeAlertRequest later;
  *later.mutable_start()->mutable_at() = ToTimestamp(At("2026-03-03T09:00:00Z"));
  const v1::Alert moved = **PostponedAlert(alert, later, Hospital(), hour_before);
  EXPECT_EQ(AfterSteps(moved, {plan.due[0].key}, Hospital(), hour_before), std::nullopt);
}

TEST(Steps, OfAShiftStartConcernItsWards) {
  v1::Alert written = LabOutage();
  *written.mutable_audience() = FromJson<v1::Audience>(R"({"everyone":true})");
  const v1::Alert alert = *NewAlert(written, Hospital(), "x", kStepsNow);
  Timeline shifts(alert, kStepsNow);
  shifts.RunTo(At("2026-03-02T03:30:00Z"));
  const auto& wards = shifts.alert().ward_overrides();
  ASSERT_EQ(wards.size(), 4);
  for (const v1::WardOverride& ward : wards) {
    EXPECT_EQ(ward.round(), 2);
    EXPECT_EQ(ward.presentation(), v1::Presentation::TOAST);
    EXPECT_EQ(ward.occasion(), v1::Occasion::SHIFT_START);
  }
  EXPECT_EQ(shifts.alert().round(), 1);
}

// The lab is closed from 19:00 to 07:00, and so is the OR.
Directory WithClosedNights() {
  DirectoryContent content = Import(SmallHospital())->content;
  for (v1::Ward& ward : content.wards) {
    if (ward.id() == "lab" || ward.id() == "or") ward.set_opening_hours("Mon-Sun 07:00-19:00");
  }
  return Directory(content, 2);
}

TEST(Steps, OfAShiftStartSkipClosedWards) {
  const Directory hospital = WithClosedNights();
  v1::Alert written = LabOutage();
  *written.mutable_audience() = FromJson<v1::Audience>(R"({"sites":["main"]})");
  const v1::Alert alert = *NewAlert(written, hospital, "x", kStepsNow);
  const TimePoint evening = At("2026-03-02T02:00:00Z");  // 19:00 in Denver
  const Plan plan = NextSteps(alert, hospital, evening);
  const std::string shift_start = "shift-start@2026-03-02T02:00:00Z";
  ASSERT_THAT(NamesOf(plan.due), testing::Contains(shift_start));
  const auto after = AfterSteps(alert, {KeyOf(shift_start)}, hospital, evening);
  ASSERT_TRUE(after);
  ASSERT_EQ(after->ward_overrides_size(), 1);
  EXPECT_EQ(after->ward_overrides(0).ward_id(), "4w");
  EXPECT_EQ(after->round(), alert.round());

  const TimePoint morning = At("2026-03-02T14:00:00Z");
  const auto next =
      AfterSteps(alert, {KeyOf("shift-start@2026-03-02T14:00:00Z")}, hospital, morning);
  ASSERT_TRUE(next);
  EXPECT_EQ(next->round(), alert.round() + 1) << "all are open: everybody";
}

TEST(Steps, OfAShiftStartAtWhichEveryWardIsClosedAreNone) {
  const Directory hospital = WithClosedNights();
  v1::Alert written = LabOutage();
  *written.mutable_audience() = FromJson<v1::Audience>(R"({"wards":["lab","or"]})");
  const v1::Alert alert = *NewAlert(written, hospital, "x", kStepsNow);
  const TimePoint evening = At("2026-03-02T02:00:00Z");
  for (const std::string& name : NamesOf(NextSteps(alert, hospital, evening + 1min).due))
    EXPECT_FALSE(name.starts_with("shift-start")) << name;
  // Nor are they missed.
  EXPECT_THAT(NextSteps(alert, hospital, evening + 1h, kStepsNow).missed, IsEmpty());
}

TEST(Steps, MinorNoticesAreNotRepeatedAtShiftStarts) {
  v1::Alert written = LabOutage();
  written.set_severity(v1::Severity::MINOR);
  Timeline minor(*NewAlert(written, Hospital(), "x", kStepsNow), kStepsNow);
  minor.RunTo(kStepsNow + std::chrono::days(6) - 1h);
  EXPECT_THAT(minor.told(), IsEmpty());
  minor.RunTo(kStepsNow + std::chrono::days(9));
  EXPECT_THAT(minor.told(), SizeIs(1)) << "only its cached copies are kept alive";
  EXPECT_EQ(minor.alert().round(), 1);
}

TEST(Steps, ALateOverrunCallsNobody) {
  v1::Alert written = LabOutage();
  written.set_kind(v1::Kind::PLANNED_DOWNTIME);
  written.set_phase(v1::Phase::CONFIRMED);
  *written.mutable_expected_end()->mutable_at() = ToTimestamp(kStepsNow + 1h);
  const v1::Alert alert = *NewAlert(written, Hospital(), "x", kStepsNow);
  EXPECT_TRUE(alert.has_started_at());
  Timeline late(alert, kStepsNow);
  late.LookAt(kStepsNow + 2h);
  EXPECT_EQ(FromTimestamp(late.alert().overrun_since().at()), kStepsNow + 1h);
  EXPECT_EQ(late.alert().round(), 1);
  Timeline prompt(alert, kStepsNow);
  prompt.LookAt(kStepsNow + 1h + 5min);
  EXPECT_EQ(prompt.alert().round(), 2);
  EXPECT_EQ(prompt.alert().round_presentation(), v1::Presentation::UNSPECIFIED) << "is a DIALOG";
}

// Every key fits the store's column and is a plain word.
TEST(Steps, HavePlainNames) {
  const v1::Alert alert = PlannedAt("2026-03-02T09:00:00Z", At("2026-02-20T09:00:00Z"));
  Timeline all(alert, At("2026-02-20T09:00:00Z"));
  all.RunTo(At("2026-03-02T15:00:00Z"));
  EXPECT_THAT(all.made(), testing::Not(IsEmpty()));
  for (const StepKey& key : all.made()) {
    EXPECT_LE(key.step.size(), 80u);
    EXPECT_EQ(key.step.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789@:.TZ-"),
              std::string::npos)
        << key.step;
  }
}

}  // namespace
}  // namespace wardcast
