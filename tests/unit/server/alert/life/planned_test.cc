#include <gmock/gmock.h>

#include <string>

#include "server/alert/lifecycle.h"
#include "server/alert/zoned_time.h"
#include "tests/unit/server/alert/notice.h"

namespace wardcast {
namespace {

using testing::HasSubstr;
using namespace std::chrono_literals;

const TimePoint kPlannedNow = At("2026-10-31T16:00:00Z");  // 10:00 in Denver
const TimePoint kPlannedStart = At("2026-11-01T09:00:00Z");

v1::Alert Planned(TimePoint now = kPlannedNow) {
  const auto alert = NewAlert(FromJson<v1::Alert>(
                                  R"({"kind":"PLANNED_DOWNTIME","headline":"EHR upgrade",
          "services":["ehr"],"audience":{"sites":["main"]},
          "start":{"local":"2026-11-01T02:00"},"expectedEnd":{"local":"2026-11-01T04:00"}})"),
                              Hospital(), "apps", now);
  EXPECT_TRUE(alert) << alert.error().message;
  return *alert;
}

v1::Alert After(const v1::Alert& current, const std::string& json, TimePoint now) {
  const auto updated =
      UpdatedAlert(current, FromJson<v1::UpdateAlertRequest>(json), Hospital(), now);
  EXPECT_TRUE(updated) << updated.error().message;
  EXPECT_TRUE(updated->has_value());
  return **updated;
}

Result<std::optional<v1::Alert>> Postpone(const v1::Alert& current, const std::string& json,
                                          TimePoint now) {
  return PostponedAlert(current, FromJson<v1::PostponeAlertRequest>(json), Hospital(), now);
}

TEST(PlannedWork, WaitsForItsFirstReminder) {
  EXPECT_EQ(Planned(At("2026-10-26T16:00:00Z")).state(), v1::State::SCHEDULED);
  const v1::Alert late = Planned();
  EXPECT_EQ(late.state(), v1::State::ACTIVE) << "07:00 is over: the wards hear of it now";
  EXPECT_EQ(late.occasion(), v1::Occasion::PUBLISHED);
  EXPECT_EQ(FromTimestamp(late.next_update().at()), kPlannedStart);
}

TEST(PlannedWork, BegunIsTheStripWithoutAnotherRound) {
  const v1::Alert before = Planned();
  const v1::Alert begun = After(before, R"({"started":true})", kPlannedStart + 20min);
  EXPECT_EQ(begun.phase(), v1::Phase::CONFIRMED);
  EXPECT_EQ(begun.round(), before.round());
  EXPECT_EQ(begun.round_presentation(), v1::Presentation::TICKER);
  EXPECT_EQ(FromTimestamp(begun.started_at().at()), kPlannedStart + 20min);
  EXPECT_EQ(FromTimestamp(begun.start().at()), kPlannedStart) << "as it was planned";
  EXPECT_EQ(FromTimestamp(begun.next_update().at()), kPlannedStart + 80min);
  EXPECT_THAT(begun.what_changed(), HasSubstr("begun 02:20 MST"));
  const auto again = UpdatedAlert(begun, FromJson<v1::UpdateAlertRequest>(R"({"started":true})"),
                                  Hospital(), kPlannedStart + 30min);
  ASSERT_TRUE(again);
  EXPECT_FALSE(again->has_value()) << "begun is begun";
}

TEST(PlannedWork, BeginsWhenAPersonSaysSoAndNotLater) {
  const v1::Alert begun =
      After(Planned(), R"({"started":true,"alert":{"startedAt":{"local":"2026-11-01T02:05"}}})",
            kPlannedStart + 20min);
  EXPECT_EQ(FromTimestamp(begun.started_at().at()), kPlannedStart + 5min);
  const auto future =
      UpdatedAlert(Planned(),
                   FromJson<v1::UpdateAlertRequest>(
                       R"({"started":true,"alert":{"startedAt":{"local":"2026-11-01T05:00"}}})"),
                   Hospital(), kPlannedStart);
  EXPECT_EQ(future.error().violations[0].field, "alert.started_at");
  const auto outage = NewAlert(LabOutage(), Hospital(), "x", kPlannedNow);
  EXPECT_EQ(UpdatedAlert(*outage, FromJson<v1::UpdateAlertRequest>(R"({"started":true})"),
                         Hospital(), kPlannedNow)
                .error()
                .code,
            Code::kFailedPrecondition);
}

TEST(PlannedWork, BegunBeforeAnybodyHeardGoesOutAsNew) {
  const v1::Alert begun =
      After(Planned(At("2026-10-26T16:00:00Z")), R"({"started":true})", At("2026-10-27T16:00:00Z"));
  EXPECT_EQ(begun.state(), v1::State::ACTIVE);
  EXPECT_EQ(begun.round(), 1);
  EXPECT_EQ(begun.round_presentation(), v1::Presentation::UNSPECIFIED);
}

TEST(PlannedWork, TakesLongerByItself) {
  const v1::Alert begun = After(Planned(), R"({"started":true})", kPlannedStart);
  const v1::Alert extended = After(
      begun, R"({"alert":{"expectedEnd":{"local":"2026-11-01T05:30"}}})", kPlannedStart + 90min);
  EXPECT_EQ(extended.phase(), v1::Phase::EXTENDED);
  EXPECT_EQ(extended.round(), begun.round());
  EXPECT_THAT(extended.what_changed(), HasSubstr("takes longer, expected back 05:30 MST"));
  const v1::Alert sooner = After(begun, R"({"alert":{"expectedEnd":{"local":"2026-11-01T03:30"}}})",
                                 kPlannedStart + 1min);
  EXPECT_EQ(sooner.phase(), v1::Phase::CONFIRMED);
}

TEST(PlannedWork, IsPostponedWithEverythingThatHangsOnIt) {
  const v1::Alert before = Planned();
  const auto moved =
      Postpone(before, R"({"start":{"local":"2026-11-02T03:00"},"reason":"the vendor is late"})",
               kPlannedStart - 10min);
  ASSERT_TRUE(moved && moved->has_value()) << moved.error().message;
  const v1::Alert& after = **moved;
  EXPECT_EQ(after.phase(), v1::Phase::POSTPONED);
  EXPECT_EQ(FromTimestamp(after.start().at()), At("2026-11-02T10:00:00Z"));
  EXPECT_EQ(FromTimestamp(after.expected_end().at()), At("2026-11-02T12:00:00Z")) << "as long";
  EXPECT_EQ(FromTimestamp(after.next_update().at()), At("2026-11-02T10:00:00Z"));
  EXPECT_EQ(after.round(), before.round() + 1);
  EXPECT_EQ(after.occasion(), v1::Occasion::POSTPONED);
  EXPECT_EQ(after.what_changed(), "postponed to Mon 03:00 MST (was 02:00 MST): the vendor is late");
  EXPECT_EQ(after.reason(), before.reason());
  EXPECT_FALSE(
      Postpone(after, R"({"start":{"local":"2026-11-02T03:00"}})", kPlannedStart)->has_value())
      << "it is there already";
}

TEST(PlannedWork, PostponedWithoutATimeHasNoneUntilItGetsOne) {
  const auto open = Postpone(Planned(), "{}", kPlannedStart - 2h);
  ASSERT_TRUE(open && open->has_value());
  EXPECT_FALSE((*open)->has_start());
  EXPECT_FALSE((*open)->has_expected_end());
  EXPECT_FALSE((*open)->has_next_update());
  EXPECT_THAT((*open)->what_changed(), HasSubstr("not known yet"));
  const v1::Alert wording = After(**open, R"({"alert":{"impact":"later"}})", kPlannedStart);
  EXPECT_FALSE(wording.has_start());
  const v1::Alert known =
      After(wording, R"({"alert":{"start":{"local":"2026-11-05T02:00"}}})", kPlannedStart);
  EXPECT_EQ(FromTimestamp(known.start().at()), At("2026-11-05T09:00:00Z"));
  EXPECT_EQ(FromTimestamp(known.next_update().at()), At("2026-11-05T09:00:00Z"));
}

TEST(PlannedWork, ThatWaitsIsMovedWithoutARound) {
  const auto moved = Postpone(Planned(At("2026-10-26T16:00:00Z")),
                              R"({"start":{"local":"2026-11-08T02:00"}})", kPlannedNow - 48h);
  ASSERT_TRUE(moved && moved->has_value());
  EXPECT_EQ((*moved)->state(), v1::State::SCHEDULED);
  EXPECT_EQ((*moved)->round(), 0);
}

TEST(PlannedWork, CannotBeMovedIntoThePastOrOnceBegun) {
  const v1::Alert begun = After(Planned(), R"({"started":true})", kPlannedStart);
  const char* later = R"({"start":{"local":"2026-11-02T03:00"}})";
  EXPECT_EQ(Postpone(begun, later, kPlannedStart).error().code, Code::kFailedPrecondition);
  EXPECT_EQ(Postpone(*NewAlert(LabOutage(), Hospital(), "x", kPlannedNow), later, kPlannedNow)
                .error()
                .code,
            Code::kFailedPrecondition);
  const auto code = [&](const char* json) {
    return Postpone(Planned(), json, kPlannedNow).error().code;
  };
  EXPECT_EQ(code(R"({"start":{"local":"2026-10-30T03:00"}})"), Code::kInvalidArgument);
  EXPECT_EQ(code(R"({"start":{"local":"2026-11-01T01:30"}})"), Code::kInvalidArgument) << "twice";
  EXPECT_EQ(code(R"({"start":{"local":"2026-11-02T03:00"},
                     "expectedEnd":{"local":"2026-11-02T02:00"}})"),
            Code::kInvalidArgument);
  EXPECT_EQ(code(R"({"expectedRevision":9,"start":{"local":"2026-11-02T03:00"}})"), Code::kAborted);
}

TEST(Promise, OfAnUpdateThatCameIsGivenAnew) {
  v1::Alert alert = *NewAlert(LabOutage(), Hospital(), "x", kPlannedNow);
  alert.set_missed_updates(2);
  const v1::Alert updated = After(alert, R"({"alert":{"impact":"news"}})", kPlannedNow + 95min);
  EXPECT_EQ(updated.missed_updates(), 0);
  EXPECT_EQ(FromTimestamp(updated.next_update().at()), kPlannedNow + 125min);
  const v1::Alert early = After(alert, R"({"alert":{"impact":"news"}})", kPlannedNow + 5min);
  EXPECT_EQ(FromTimestamp(early.next_update().at()), kPlannedNow + 30min) << "still promised";
}

TEST(Language, OfTheNoticeIsThatOfTheProductsWords) {
  v1::Alert written = LabOutage();
  written.set_language("de");
  const v1::Alert alert = *NewAlert(written, Hospital(), "x", At("2026-03-01T21:07:00Z"));
  v1::UpdateAlertRequest worse;
  worse.mutable_alert()->set_severity(v1::Severity::MODERATE);
  EXPECT_EQ((*UpdatedAlert(alert, worse, Hospital(), At("2026-03-01T21:08:00Z")))->what_changed(),
            "Schwere VORSICHT (war WARNUNG)");
  EXPECT_THAT((*RecalledAlert(alert, {}, Hospital(), At("2026-03-01T21:08:00Z")))->closing_text(),
              HasSubstr("irrtümlich"));
  written.set_language("xx");
  EXPECT_FALSE(NewAlert(written, Hospital(), "x", kPlannedNow));
}

}  // namespace
}  // namespace wardcast
