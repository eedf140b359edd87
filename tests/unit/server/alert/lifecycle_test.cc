#include "server/alert/lifecycle.h"

#include <gmock/gmock.h>

#include <string>
#include <utility>

#include "server/alert/zoned_time.h"
#include "tests/unit/server/alert/notice.h"

namespace wardcast {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using namespace std::chrono_literals;

const TimePoint kSunday = At("2026-03-01T21:07:00Z");  // 14:07 in Denver, a Sunday

v1::Alert Published(v1::Alert written = LabOutage(), TimePoint now = kSunday) {
  auto alert = NewAlert(written, Hospital(), "nagios", now);
  EXPECT_TRUE(alert) << alert.error().message;
  alert->set_id("01ARZ3NDEKTSV4RRFFQ69G5FAV");
  return *alert;
}

v1::UpdateAlertRequest Edit(const std::string& json) {
  return FromJson<v1::UpdateAlertRequest>(json);
}

// The alert after an edit that must be accepted and change something.
v1::Alert Edited(const v1::Alert& current, const std::string& json,
                 TimePoint now = kSunday + 5min) {
  auto updated = UpdatedAlert(current, Edit(json), Hospital(), now);
  EXPECT_TRUE(updated) << updated.error().message;
  EXPECT_TRUE(updated->has_value());
  return **updated;
}

v1::EndAlertRequest AllClear(const std::string& text = {}) {
  v1::EndAlertRequest request;
  request.set_all_clear(true);
  request.set_text(text);
  return request;
}

TEST(Publish, FillsWhatThePublisherLeftOpen) {
  const v1::Alert alert = Published();
  EXPECT_EQ(alert.state(), v1::State::ACTIVE);
  EXPECT_EQ(alert.revision(), 1);
  EXPECT_EQ(alert.round(), 1);
  EXPECT_EQ(alert.phase(), v1::Phase::CONFIRMED);
  EXPECT_EQ(alert.status(), v1::Status::ACTUAL);
  EXPECT_EQ(alert.presentation(), v1::Presentation::DIALOG);
  EXPECT_TRUE(alert.asks_answer());
  EXPECT_THAT(alert.service_names(), ElementsAre("Orders and results (lab)"));
  EXPECT_EQ(alert.phone(), "970-555-0100");
  EXPECT_EQ(alert.zone(), "America/Denver");
  EXPECT_EQ(ClockText(alert.start()), "14:07");
  EXPECT_EQ(ClockText(alert.next_update()), "14:37");
  EXPECT_FALSE(alert.has_expected_end());
  EXPECT_EQ(alert.published_by(), "nagios");
  EXPECT_EQ(FromTimestamp(alert.published_at().at()), kSunday);
  EXPECT_EQ(FromTimestamp(alert.expires()), kSunday + std::chrono::days(7));
}

TEST(Publish, IgnoresWhatOnlyTheBrokerGives) {
  v1::Alert written = LabOutage();
  written.set_id("mine");
  written.set_round(9);
  written.set_state(v1::State::CLOSED);
  written.set_closing(v1::Closing::ENDED);
  written.set_published_by("somebody else");
  written.add_service_names("A lie");
  written.add_ward_overrides()->set_ward_id("4w");
  auto alert = NewAlert(written, Hospital(), "nagios", kSunday);
  ASSERT_TRUE(alert);
  EXPECT_EQ(alert->id(), "");
  EXPECT_EQ(alert->round(), 1);
  EXPECT_EQ(alert->state(), v1::State::ACTIVE);
  EXPECT_EQ(alert->closing(), v1::Closing::UNSPECIFIED);
  EXPECT_EQ(alert->published_by(), "nagios");
  EXPECT_THAT(alert->service_names(), ElementsAre("Orders and results (lab)"));
  EXPECT_EQ(alert->ward_overrides_size(), 0);
}

struct Default {
  const char* kind;
  const char* severity;
  const char* shown;
  bool asks;
  int update_min;  // 0: no promise
};

class Defaults : public testing::TestWithParam<Default> {};

TEST_P(Defaults, FollowSeverity) {
  v1::Alert written = LabOutage();
  v1::Kind::Value kind{};
  v1::Severity::Value severity{};
  ASSERT_TRUE(v1::Kind::Value_Parse(GetParam().kind, &kind));
  ASSERT_TRUE(v1::Severity::Value_Parse(GetParam().severity, &severity));
  written.set_kind(kind);
  written.set_severity(severity);
  const v1::Alert alert = Published(written);
  EXPECT_EQ(v1::Presentation::Value_Name(alert.presentation()), GetParam().shown);
  EXPECT_EQ(alert.asks_answer(), GetParam().asks);
  ASSERT_EQ(alert.has_next_update(), GetParam().update_min != 0);
  if (alert.has_next_update()) {
    EXPECT_EQ(FromTimestamp(alert.next_update().at()),
              kSunday + std::chrono::minutes(GetParam().update_min));
  }
}

INSTANTIATE_TEST_SUITE_P(Table, Defaults,
                         testing::Values(Default{"EMERGENCY", "EXTREME", "DIALOG", true, 15},
                                         Default{"OUTAGE", "SEVERE", "DIALOG", true, 30},
                                         Default{"DEGRADED", "MODERATE", "TOAST", false, 60},
                                         Default{"DEGRADED", "UNSPECIFIED", "TOAST", false, 60},
                                         Default{"OUTAGE", "MINOR", "TOAST", false, 0},
                                         Default{"INFORMATION", "MODERATE", "TOAST", false, 0}));

TEST(Publish, PlannedWorkPromisesNewsAtItsStartAndIsKeptUntilWellAfter) {
  v1::Alert written = LabOutage();
  written.set_kind(v1::Kind::PLANNED_DOWNTIME);
  *written.mutable_start()->mutable_at() = ToTimestamp(kSunday + std::chrono::days(10));
  const v1::Alert alert = Published(written);
  EXPECT_EQ(alert.phase(), v1::Phase::ANNOUNCED);
  EXPECT_EQ(FromTimestamp(alert.next_update().at()), kSunday + std::chrono::days(10));
  EXPECT_EQ(FromTimestamp(alert.expires()), kSunday + std::chrono::days(17));
}

TEST(Publish, TimesAreInTheZoneOfTheFirstPlace) {
  v1::Alert written = LabOutage();
  *written.mutable_audience() = FromJson<v1::Audience>(R"({"wards":["n-2","4w"]})");
  EXPECT_EQ(Published(written).zone(), "America/Los_Angeles");
  EXPECT_EQ(Published(written).phone(), "541-555-0100");
  written.clear_audience();
  EXPECT_EQ(Published(written).zone(), "America/Denver");
  written.set_zone("Europe/Berlin");
  EXPECT_EQ(ClockText(Published(written).start()), "22:07");
}

TEST(Update, ChangesInPlaceAndSaysWhat) {
  const v1::Alert before = Published();
  const v1::Alert after = Edited(before, R"({"alert":{"impact":"Results by phone only",
                         "nextUpdate":{"at":"2026-03-01T22:00:00Z"}}})");
  EXPECT_EQ(after.revision(), 2);
  EXPECT_EQ(after.round(), 1);
  EXPECT_EQ(after.headline(), before.headline());
  EXPECT_EQ(after.what_changed(), "next update 15:00, impact");
  EXPECT_EQ(after.next_update().abbreviation(), "MST");
  EXPECT_EQ(FromTimestamp(after.changed_at().at()), kSunday + 5min);
  EXPECT_EQ(FromTimestamp(after.published_at().at()), kSunday);
}

TEST(Update, WithAMaskClearsWhatIsNotSet) {
  v1::Alert before = Published();
  before = Edited(before, R"({"alert":{"reason":"r","stillWorks":["a","b"],
                              "expectedEnd":{"at":"2026-03-01T23:00:00Z"}}})");
  const v1::Alert after = Edited(
      before, R"({"alert":{"stillWorks":["c"]},"updateMask":"reason,stillWorks,expectedEnd"})");
  EXPECT_EQ(after.reason(), "");
  EXPECT_THAT(after.still_works(), ElementsAre("c"));
  EXPECT_FALSE(after.has_expected_end());
  EXPECT_THAT(after.what_changed(), HasSubstr("expected back unknown"));
}

TEST(Update, TheSameAgainChangesNothing) {
  const v1::Alert alert = Published();
  v1::UpdateAlertRequest request;
  *request.mutable_alert() = LabOutage();
  auto updated = UpdatedAlert(alert, request, Hospital(), kSunday + 1h);
  ASSERT_TRUE(updated) << updated.error().message;
  EXPECT_FALSE(updated->has_value());
  *request.mutable_alert() = alert;
  EXPECT_FALSE(UpdatedAlert(alert, request, Hospital(), kSunday + 1h)->has_value());
}

struct Attention {
  const char* name;
  const char* edit;
  int round;
};

class CallsAgain : public testing::TestWithParam<Attention> {};

TEST_P(CallsAgain, ByTheRule) {
  v1::Alert before = LabOutage();
  before.set_severity(v1::Severity::MODERATE);
  *before.mutable_audience() = FromJson<v1::Audience>(R"({"wards":["4w"]})");
  before.add_instructions()->set_text("Call the lab");
  EXPECT_EQ(Edited(Published(before), GetParam().edit).round(), GetParam().round);
}

INSTANTIATE_TEST_SUITE_P(
    Table, CallsAgain,
    testing::Values(
        Attention{"SeverityRises", R"({"alert":{"severity":"SEVERE"}})", 2},
        Attention{"SeverityFalls", R"({"alert":{"severity":"MINOR"}})", 1},
        Attention{"ServiceAdded", R"({"alert":{"services":["lab-results","fax"]}})", 2},
        Attention{"ServiceReplaced", R"({"alert":{"services":["fax"]}})", 2},
        Attention{"WardAdded", R"({"alert":{"audience":{"wards":["4w","or"]}}})", 2},
        Attention{"SameWardsWrittenOtherwise",
                  R"({"alert":{"audience":{"buildings":["tower"],"exclude":{"wards":["or"]}}}})",
                  1},
        Attention{"DoNowChanges", R"({"alert":{"instructions":[{"text":"Run to the lab"}]}})", 2},
        Attention{"DoNotAdded",
                  R"({"alert":{"instructions":[{"text":"Call the lab"},
                      {"when":"DO_NOT","text":"Order twice"}]}})",
                  2},
        Attention{"AfterAdded",
                  R"({"alert":{"instructions":[{"text":"Call the lab"},
                      {"when":"AFTER","text":"Enter results"}]}})",
                  1},
        Attention{"Wording", R"({"alert":{"headline":"Lab results do not reach the EHR"}})", 1},
        Attention{"NoNews", R"({"alert":{"nextUpdate":{"at":"2026-03-01T23:00:00Z"}}})", 1},
        Attention{"Asked", R"({"alert":{"reason":"r"},"reAlert":"YES"})", 2},
        Attention{"AskedWithNothingNew", R"({"reAlert":"YES"})", 2},
        Attention{"Refused", R"({"alert":{"severity":"SEVERE"},"reAlert":"NO"})", 1}),
    [](const auto& row) { return row.param.name; });

TEST(Update, ANewRoundIsAboveEveryWardsOwn) {
  v1::Alert before = Published();
  v1::WardOverride& ward = *before.add_ward_overrides();
  ward.set_ward_id("4w");
  ward.set_round(4);
  const v1::Alert after = Edited(before, R"({"reAlert":"YES"})");
  EXPECT_EQ(after.round(), 5);
  EXPECT_EQ(after.ward_overrides_size(), 0);
}

TEST(Update, DefaultsFollowWhatTheyCameFrom) {
  v1::Alert written = LabOutage();
  written.set_severity(v1::Severity::MODERATE);
  const v1::Alert severe = Edited(Published(written), R"({"alert":{"severity":"SEVERE"}})");
  EXPECT_EQ(severe.presentation(), v1::Presentation::DIALOG);
  EXPECT_TRUE(severe.asks_answer());
  EXPECT_EQ(severe.what_changed(), "severity WARNING (was CAUTION)");
  const v1::Alert north = Edited(Published(), R"({"alert":{"audience":{"sites":["north"]}}})");
  EXPECT_EQ(north.phone(), "541-555-0100");
  EXPECT_EQ(north.zone(), "America/Los_Angeles");
  EXPECT_EQ(ClockText(north.start()), "13:07");
}

TEST(Update, RefusesWhatItMustNotDo) {
  const v1::Alert alert = Published();
  const auto code = [&](const char* json) {
    const auto updated = UpdatedAlert(alert, Edit(json), Hospital(), kSunday + 1min);
    return updated ? Code::kInternal : updated.error().code;
  };
  EXPECT_EQ(code(R"({"expectedRevision":7,"alert":{"reason":"r"}})"), Code::kAborted);
  EXPECT_EQ(code(R"({"alert":{"status":"EXERCISE"}})"), Code::kInvalidArgument);
  EXPECT_EQ(code(R"({"updateMask":"status"})"), Code::kInvalidArgument);
  EXPECT_EQ(code(R"({"updateMask":"round"})"), Code::kInvalidArgument);
  EXPECT_EQ(code(R"({"updateMask":"nonsense"})"), Code::kInvalidArgument);
  EXPECT_EQ(code(R"({"updateMask":"audience.wards"})"), Code::kInvalidArgument);
  EXPECT_EQ(code(R"({"updateMask":"headline"})"), Code::kInvalidArgument);
  EXPECT_EQ(code(R"({"alert":{"audience":{"wards":["4x"]}}})"), Code::kInvalidArgument);
  EXPECT_EQ(code(R"({"alert":{"phase":"ALL_CLEAR"}})"), Code::kInvalidArgument);
  EXPECT_EQ(code(R"({"alert":{"presentation":"TAKEOVER"}})"), Code::kFailedPrecondition);
  EXPECT_EQ(code(R"({"alert":{"expectedEnd":{"at":"2026-03-01T20:00:00Z"}}})"),
            Code::kInvalidArgument);
  const auto aborted = UpdatedAlert(alert, Edit(R"({"expectedRevision":7})"), Hospital(), kSunday);
  EXPECT_THAT(aborted.error().message,
              testing::AllOf(HasSubstr("revision 7"), HasSubstr("revision 1")));
}

TEST(End, RestoredThenAllClear) {
  const v1::Alert alert = Published();
  auto restored = EndedAlert(alert, {}, Hospital(), kSunday + 50min);
  ASSERT_TRUE(restored && restored->has_value());
  EXPECT_EQ((*restored)->state(), v1::State::RECOVERING);
  EXPECT_EQ((*restored)->phase(), v1::Phase::RESTORED_VERIFYING);
  EXPECT_EQ((*restored)->what_changed(), "Restored, verifying. Stay on paper until the all clear.");
  EXPECT_EQ((*restored)->round(), 1);
  EXPECT_FALSE(EndedAlert(**restored, {}, Hospital(), kSunday + 51min)->has_value())
      << "it is so already";

  v1::EndAlertRequest request = AllClear();
  request.add_back_entry("Phoned results");
  auto ended = EndedAlert(**restored, request, Hospital(), kSunday + 63min);
  ASSERT_TRUE(ended && ended->has_value());
  EXPECT_EQ((*ended)->state(), v1::State::CLOSED);
  EXPECT_EQ((*ended)->closing(), v1::Closing::ENDED);
  EXPECT_EQ((*ended)->phase(), v1::Phase::ALL_CLEAR);
  EXPECT_EQ((*ended)->closing_text(), "ALL CLEAR 15:10. Orders and results (lab): working again.");
  EXPECT_THAT((*ended)->back_entry(), ElementsAre("Phoned results"));
  EXPECT_EQ((*ended)->revision(), 3);
  EXPECT_FALSE((*ended)->has_next_update());
  EXPECT_FALSE(EndedAlert(**ended, AllClear(), Hospital(), kSunday + 2h)->has_value())
      << "ended twice";
}

TEST(End, RestoredAndDownAgainAsksAgain) {
  const v1::Alert restored = **EndedAlert(Published(), {}, Hospital(), kSunday + 10min);
  const v1::Alert wording = Edited(restored, R"({"alert":{"reason":"r"}})");
  EXPECT_EQ(wording.state(), v1::State::RECOVERING);
  EXPECT_EQ(wording.round(), 1);
  const v1::Alert down = Edited(restored, R"({"alert":{"phase":"CONFIRMED"}})");
  EXPECT_EQ(down.state(), v1::State::ACTIVE);
  EXPECT_EQ(down.round(), 2);
}

TEST(End, TakesThePublishersWordsAndKeepsTheirLimits) {
  EXPECT_EQ((*EndedAlert(Published(), AllClear("Alles läuft wieder."), Hospital(), kSunday))
                ->closing_text(),
            "Alles läuft wieder.");
  EXPECT_EQ(EndedAlert(Published(), AllClear(std::string(301, 'x')), Hospital(), kSunday)
                .error()
                .violations[0]
                .field,
            "text");
  v1::EndAlertRequest request = AllClear();
  request.add_back_entry("");
  EXPECT_EQ(EndedAlert(Published(), request, Hospital(), kSunday).error().code,
            Code::kInvalidArgument);
}

TEST(Recall, SaysSoInStandardWords) {
  const v1::Alert alert = Published();
  auto recalled = RecalledAlert(alert, {}, Hospital(), kSunday + 1min);
  ASSERT_TRUE(recalled && recalled->has_value());
  EXPECT_EQ((*recalled)->closing(), v1::Closing::RECALLED);
  EXPECT_EQ((*recalled)->closing_text(),
            "RECALLED 14:08. The notice of 14:07 was sent by mistake. No action needed.");
  EXPECT_FALSE(RecalledAlert(**recalled, {}, Hospital(), kSunday + 2min)->has_value())
      << "recalled twice";
  const auto next_day = RecalledAlert(alert, {}, Hospital(), kSunday + 24h);
  EXPECT_THAT((*next_day)->closing_text(), HasSubstr("The notice of Sun 14:07 was"));
  v1::RecallAlertRequest request;
  request.set_reason("It was meant for Northside.");
  EXPECT_EQ((*RecalledAlert(alert, request, Hospital(), kSunday + 1min))->closing_text(),
            "RECALLED 14:08. The notice of 14:07 no longer holds. It was meant for Northside.");
}

TEST(Closed, IsFinal) {
  const v1::Alert ended = **EndedAlert(Published(), AllClear(), Hospital(), kSunday);
  const v1::Alert recalled = **RecalledAlert(Published(), {}, Hospital(), kSunday);
  EXPECT_EQ(RecalledAlert(ended, {}, Hospital(), kSunday).error().code, Code::kFailedPrecondition);
  EXPECT_EQ(EndedAlert(recalled, AllClear(), Hospital(), kSunday).error().code,
            Code::kFailedPrecondition);
  for (const v1::Alert& closed : {ended, recalled}) {
    const auto updated =
        UpdatedAlert(closed, Edit(R"({"alert":{"reason":"r"}})"), Hospital(), kSunday);
    EXPECT_EQ(updated.error().code, Code::kFailedPrecondition);
    EXPECT_EQ(ExpiredAlert(closed, Hospital(), kSunday + std::chrono::days(100)), std::nullopt);
  }
}

TEST(Expire, OnlyInformationEndsByTheClock) {
  v1::Alert written = LabOutage();
  written.set_kind(v1::Kind::INFORMATION);
  const v1::Alert alert = Published(written);
  EXPECT_EQ(ExpiredAlert(alert, Hospital(), kSunday + 12h - 1ms), std::nullopt);
  const auto expired = ExpiredAlert(alert, Hospital(), kSunday + 12h);
  ASSERT_TRUE(expired);
  EXPECT_EQ(expired->closing(), v1::Closing::EXPIRED);
  EXPECT_EQ(expired->closing_text(), "ENDED 02:07. The notice of Sun 14:07 no longer holds.");
  EXPECT_EQ(ExpiredAlert(Published(), Hospital(), kSunday + std::chrono::days(400)), std::nullopt)
      << "no clock ends a downtime";
}

// A week, minute by minute, across the night in which Denver's clocks go forward.
TEST(Week, NothingEndsThatNobodyEndedAndTimesStayRight) {
  v1::Alert written = LabOutage();
  written.set_kind(v1::Kind::INFORMATION);
  const v1::Alert outage = Published(LabOutage(), At("2026-03-07T00:00:00Z"));
  const v1::Alert information = Published(written, At("2026-03-08T03:30:00Z"));
  EXPECT_EQ(ClockText(information.published_at()), "20:30");
  int expired_at_minute = -1;
  const TimePoint begin = At("2026-03-07T00:00:00Z");
  for (int minute = 0; minute < 7 * 24 * 60; ++minute) {
    const TimePoint now = begin + std::chrono::minutes(minute);
    ASSERT_EQ(ExpiredAlert(outage, Hospital(), now), std::nullopt);
    if (expired_at_minute < 0 && ExpiredAlert(information, Hospital(), now))
      expired_at_minute = minute;
  }
  EXPECT_EQ(begin + std::chrono::minutes(expired_at_minute), At("2026-03-08T15:30:00Z"));
  EXPECT_THAT(ExpiredAlert(information, Hospital(), At("2026-03-08T15:30:00Z"))->closing_text(),
              HasSubstr("ENDED 09:30 MDT. The notice of Sat 20:30 MST"))
      << "twelve hours later by the clock that changed";
}

}  // namespace
}  // namespace wardcast
