// Nights that happened, from first to last.
#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "server/alert/cleared.h"
#include "tests/unit/server/alert/steps/timeline.h"

namespace wardcast {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using namespace std::chrono_literals;

auto Update(const std::string& json) {
  return [json](const v1::Alert& current, TimePoint now) {
    return UpdatedAlert(current, FromJson<v1::UpdateAlertRequest>(json), Hospital(), now);
  };
}

auto Postponed(const std::string& json) {
  return [json](const v1::Alert& current, TimePoint now) {
    return PostponedAlert(current, FromJson<v1::PostponeAlertRequest>(json), Hospital(), now);
  };
}

auto End(const std::string& json) {
  return [json](const v1::Alert& current, TimePoint now) {
    return EndedAlert(current, FromJson<v1::EndAlertRequest>(json), Hospital(), now);
  };
}

// 02:00–04:00 in the night in which clocks go back: Denver's at 08:00Z, Los Angeles' at 09:00Z.
TEST(Incident, PlannedWorkInTheNightOfTheClockChange) {
  const TimePoint written = At("2026-10-26T16:00:00Z");
  const auto planned = NewAlert(FromJson<v1::Alert>(R"({"kind":"PLANNED_DOWNTIME",
      "headline":"Upgrade of EHR and fax","services":["ehr","fax"],"audience":{"everyone":true},
      "zone":"America/Denver","start":{"local":"2026-11-01T02:00"},
      "expectedEnd":{"local":"2026-11-01T04:00"}})"),
                                Hospital(), "apps", written);
  ASSERT_TRUE(planned) << planned.error().message;
  EXPECT_EQ(FromTimestamp(planned->start().at()), At("2026-11-01T09:00:00Z"));
  Timeline night(*planned, written);
  night.RunTo(At("2026-10-31T12:59:59Z"));
  EXPECT_EQ(night.alert().state(), v1::State::SCHEDULED);
  EXPECT_THAT(night.told(), IsEmpty()) << "nothing on ward PCs days before";

  // Postponed by an hour, ten minutes before.
  night.Do(At("2026-11-01T08:50:00Z"), Postponed(R"({"start":{"local":"2026-11-01T03:00"}})"));
  EXPECT_THAT(night.told(),
              ElementsAre("reminder-shift 13:00Z round 1 TICKER REMINDER 4w:2 TOAST lab:2 TOAST "
                          "or:2 TOAST",
                          "reminder-shift 14:00Z round 1 TICKER REMINDER 4w:2 TOAST lab:2 TOAST "
                          "or:2 TOAST n-2:2 TOAST",
                          "reminder-shift 01:00Z round 1 TICKER REMINDER 4w:3 TOAST lab:3 TOAST "
                          "or:3 TOAST n-2:2 TOAST",
                          "reminder-shift 02:00Z round 1 TICKER REMINDER 4w:3 TOAST lab:3 TOAST "
                          "or:3 TOAST n-2:3 TOAST",
                          "reminder-60m 08:00Z round 4 TOAST REMINDER",
                          "reminder-15m 08:45Z round 5 DIALOG REMINDER"));
  EXPECT_EQ(night.alert().phase(), v1::Phase::POSTPONED);
  EXPECT_EQ(night.alert().round(), 6);
  EXPECT_EQ(FromTimestamp(night.alert().expected_end().at()), At("2026-11-01T12:00:00Z"));
  EXPECT_THAT(night.alert().what_changed(), HasSubstr("03:00 MST (was 02:00 MST)"));

  // Not started on time: nobody says so until 03:20.
  night.Do(At("2026-11-01T10:20:00Z"), Update(R"({"started":true})"));
  EXPECT_EQ(night.alert().missed_updates(), 0) << "started is news";
  EXPECT_EQ(FromTimestamp(night.alert().next_update().at()), At("2026-11-01T11:20:00Z"));
  EXPECT_EQ(night.alert().round_presentation(), v1::Presentation::TICKER);
  night.Do(At("2026-11-01T11:15:00Z"), Update(R"({"alert":{"impact":"Going well"}})"));
  night.Do(At("2026-11-01T11:16:00Z"),
           Update(R"({"alert":{"nextUpdate":{"local":"2026-11-01T05:30"}}})"));

  // Overrun at 05:00, extended ten minutes later.
  night.Do(At("2026-11-01T12:10:00Z"),
           Update(R"({"alert":{"expectedEnd":{"local":"2026-11-01T06:30"}}})"));
  EXPECT_EQ(night.alert().phase(), v1::Phase::EXTENDED);
  EXPECT_FALSE(night.alert().has_overrun_since());

  night.Do(At("2026-11-01T12:40:00Z"), End(R"({"allClear":true,"services":["fax"]})"));
  EXPECT_EQ(night.alert().state(), v1::State::ACTIVE);
  EXPECT_THAT(ServicesDown(night.alert()), ElementsAre("ehr"));
  EXPECT_THAT(night.alert().cleared(0).text(), HasSubstr("ALL CLEAR 05:40 MST. Fax"));
  night.Do(At("2026-11-01T13:05:00Z"), End(R"({"allClear":true,"backEntry":["Paper charts"]})"));
  EXPECT_EQ(FromTimestamp(night.alert().strip_until()), At("2026-11-03T13:05:00Z"));
  night.RunTo(At("2026-11-08T00:00:00Z"));
  const std::vector<std::string> later(night.told().begin() + 6, night.told().end());
  EXPECT_THAT(later, ElementsAre("reminder-60m 09:00Z round 7 TOAST REMINDER",
                                 "reminder-15m 09:45Z round 8 DIALOG REMINDER",
                                 "missed-update-1 10:00Z round 8 DIALOG REMINDER missed 1",
                                 "overrun 12:00Z round 9 DIALOG OVERRUN",
                                 "missed-update-1 12:30Z round 9 TICKER OVERRUN missed 1"))
      << "and nothing after the end";
}

TEST(Incident, AnOutageThatNobodyTendsIsToldAtShiftStartsAndCounted) {
  v1::Alert written = LabOutage();
  const TimePoint begin = At("2026-03-07T12:00:00Z");  // 05:00 in Denver, the day before the change
  Timeline week(*NewAlert(written, Hospital(), "nagios", begin), begin);
  week.RunTo(begin + std::chrono::days(7));
  const v1::Alert& alert = week.alert();
  EXPECT_EQ(alert.state(), v1::State::ACTIVE) << "no clock ends a downtime";
  EXPECT_EQ(alert.missed_updates(), 10);
  EXPECT_EQ(alert.revision(), 1) << "no publisher's edit is refused for it";
  std::vector<std::string> shifts;
  for (const StepKey& key : week.made()) {
    if (key.step.starts_with("shift-start@")) shifts.push_back(key.step.substr(12));
  }
  ASSERT_EQ(shifts.size(), 14u);
  EXPECT_EQ(shifts[0], "2026-03-07T14:00:00Z");
  EXPECT_EQ(shifts[1], "2026-03-08T02:00:00Z");
  EXPECT_EQ(shifts[2], "2026-03-08T13:00:00Z") << "07:00 by the clock that went forward";
  EXPECT_EQ(alert.round(), 15);
  EXPECT_EQ(alert.occasion(), v1::Occasion::SHIFT_START);
  EXPECT_EQ(alert.round_presentation(), v1::Presentation::TOAST) << "though it is a DIALOG";
  EXPECT_GT(FromTimestamp(alert.expires()), begin + std::chrono::days(13))
      << "cached copies live on";
}

TEST(Incident, InformationEndsByItselfAndAlsoWhenTheBrokerWasStoppedForAMonth) {
  v1::Alert written = LabOutage();
  written.set_kind(v1::Kind::INFORMATION);
  const TimePoint begin = At("2026-03-01T21:07:00Z");
  const v1::Alert alert = *NewAlert(written, Hospital(), "x", begin);
  Timeline awake(alert, begin);
  awake.RunTo(begin + 13h);
  EXPECT_EQ(awake.alert().closing(), v1::Closing::EXPIRED);
  EXPECT_EQ(FromTimestamp(awake.alert().changed_at().at()), begin + 12h);
  Timeline stopped(alert, begin);
  stopped.LookAt(begin + std::chrono::days(31));
  EXPECT_EQ(stopped.alert().closing(), v1::Closing::EXPIRED);
  EXPECT_EQ(stopped.alert().round(), 1) << "and nobody is called";
}

TEST(Incident, WorkThatNeverBeganExpires) {
  v1::Alert written = LabOutage();
  written.set_kind(v1::Kind::PLANNED_DOWNTIME);
  written.set_severity(v1::Severity::MODERATE);
  written.mutable_start()->set_local("2026-03-05T02:00");
  const TimePoint begin = At("2026-03-01T21:07:00Z");
  Timeline forgotten(*NewAlert(written, Hospital(), "x", begin), begin);
  forgotten.RunTo(begin + std::chrono::days(20));
  EXPECT_EQ(forgotten.alert().closing(), v1::Closing::EXPIRED);
  EXPECT_EQ(FromTimestamp(forgotten.alert().changed_at().at()), At("2026-03-12T09:00:00Z"));
}

}  // namespace
}  // namespace wardcast
