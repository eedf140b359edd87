#include "server/alert/validation.h"

#include <gmock/gmock.h>

#include <functional>
#include <string>

#include "server/alert/lifecycle.h"
#include "tests/unit/server/alert/notice.h"

namespace wardcast {
namespace {

using testing::Contains;
using testing::Field;
using testing::HasSubstr;
using testing::IsEmpty;

const TimePoint kMorning = At("2026-03-01T14:07:00Z");

// One fault in an otherwise good notice.
struct Bad {
  const char* name;
  std::function<void(v1::Alert&)> spoil;
  const char* field;
  const char* says;
};

class BadAlert : public testing::TestWithParam<Bad> {};

TEST_P(BadAlert, IsRefusedWithFieldAndRemedy) {
  v1::Alert alert = LabOutage();
  GetParam().spoil(alert);
  const auto refused = NewAlert(alert, Hospital(), "nagios", kMorning);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Code::kInvalidArgument);
  EXPECT_THAT(
      refused.error().violations,
      Contains(testing::AllOf(Field(&FieldViolation::field, GetParam().field),
                              Field(&FieldViolation::description, HasSubstr(GetParam().says)))))
      << refused.error().message;
}

std::string Repeat(const char* text, int times) {
  std::string repeated;
  for (int i = 0; i < times; ++i) repeated += text;
  return repeated;
}

void SetTime(v1::ZonedTime* time, const char* at) { *time->mutable_at() = ToTimestamp(At(at)); }

INSTANTIATE_TEST_SUITE_P(
    Table, BadAlert,
    testing::Values(
        Bad{"NoKind", [](auto& a) { a.clear_kind(); }, "alert.kind", "OUTAGE"},
        Bad{"KindOfTheFuture", [](auto& a) { a.set_kind(static_cast<v1::Kind::Value>(99)); },
            "alert.kind", "must be one of"},
        Bad{"EmptyHeadline", [](auto& a) { a.clear_headline(); }, "alert.headline", "is empty"},
        Bad{"BlankHeadline", [](auto& a) { a.set_headline("  \t "); }, "alert.headline",
            "is empty"},
        Bad{"TenKilobytes", [](auto& a) { a.set_headline(std::string(10'240, 'x')); },
            "alert.headline", "has 10240 characters, at most 90"},
        Bad{"NinetyOneUmlauts", [](auto& a) { a.set_headline(Repeat("ä", 91)); }, "alert.headline",
            "has 91 characters"},
        Bad{"TwoLines", [](auto& a) { a.set_headline("a\nb"); }, "alert.headline", "one line"},
        Bad{"Escape", [](auto& a) { a.set_impact("\x1b[31m"); }, "alert.impact", "control"},
        Bad{"Override",
            [](auto& a) {
              a.set_reason(
                  "\xE2\x80\xAE"
                  "abc");
            },
            "alert.reason", "control"},
        Bad{"NoUtf8", [](auto& a) { a.set_ticket("\xFF"); }, "alert.ticket", "UTF-8"},
        Bad{"LongPhone", [](auto& a) { a.set_phone(std::string(41, '5')); }, "alert.phone",
            "at most 40"},
        Bad{"LongStep", [](auto& a) { a.add_instructions()->set_text(std::string(201, 'x')); },
            "alert.instructions[0].text", "at most 200"},
        Bad{"EmptyStep", [](auto& a) { a.add_instructions(); }, "alert.instructions[0].text",
            "is empty"},
        Bad{"ManySteps",
            [](auto& a) {
              for (int i = 0; i < 31; ++i) a.add_instructions()->set_text("x");
            },
            "alert.instructions", "at most 30"},
        Bad{"ManyStillWorks",
            [](auto& a) {
              for (int i = 0; i < 21; ++i) a.add_still_works("x");
            },
            "alert.still_works", "at most 20"},
        Bad{"EmptyBackEntry", [](auto& a) { a.add_back_entry(""); }, "alert.back_entry[0]",
            "is empty"},
        Bad{"ExtremeOutage", [](auto& a) { a.set_severity(v1::Severity::EXTREME); },
            "alert.severity", "only for the kinds EMERGENCY and SECURITY"},
        Bad{"UnknownService", [](auto& a) { a.set_services(0, "lab-result"); }, "alert.services[0]",
            "no service \"lab-result\", did you mean \"lab-results\"?"},
        Bad{"DoubledService", [](auto& a) { a.add_services("lab-results"); }, "alert.services[1]",
            "there twice"},
        Bad{"UnknownWard", [](auto& a) { a.mutable_audience()->add_wards("4W"); },
            "alert.audience.wards[0]", "no ward \"4W\", did you mean \"4w\"?"},
        Bad{"UnknownSite", [](auto& a) { a.mutable_audience()->add_sites("moon"); },
            "alert.audience.sites[1]", "no site \"moon\""},
        Bad{"UnknownEndpoint", [](auto& a) { a.mutable_audience()->add_endpoints("4w-pc-11"); },
            "alert.audience.endpoints[0]", "did you mean \"4w-pc-01\"?"},
        Bad{"UnknownExclusion",
            [](auto& a) { a.mutable_audience()->mutable_exclude()->add_buildings("towr"); },
            "alert.audience.exclude.buildings[0]", "did you mean \"tower\"?"},
        Bad{"TooManyWards",
            [](auto& a) {
              for (int i = 0; i < 2'001; ++i) a.mutable_audience()->add_wards("4w");
            },
            "alert.audience.wards", "at most 2000"},
        Bad{"RolesOnly", [](auto& a) { a.mutable_audience()->add_roles("ward manager"); },
            "alert.audience.roles", "take the roles out"},
        Bad{"NoPlaceAndNoService",
            [](auto& a) {
              a.clear_services();
              a.clear_audience();
            },
            "alert.audience", "names no place"},
        Bad{"EndBeforeStart",
            [](auto& a) {
              SetTime(a.mutable_start(), "2026-03-01T15:00:00Z");
              SetTime(a.mutable_expected_end(), "2026-03-01T14:59:59Z");
            },
            "alert.expected_end", "before the start at 2026-03-01T15:00:00Z"},
        Bad{"EndInThePast",
            [](auto& a) { SetTime(a.mutable_expected_end(), "2026-03-01T14:06:59Z"); },
            "alert.expected_end", "before the start"},
        Bad{"StartWithoutAnInstant", [](auto& a) { a.mutable_start()->set_zone("UTC"); },
            "alert.start", "at is missing"},
        Bad{"YearFiveThousand",
            [](auto& a) { a.mutable_start()->mutable_at()->set_seconds(100'000'000'000); },
            "alert.start", "between the years"},
        Bad{"EndOfTime",
            [](auto& a) { a.mutable_next_update()->mutable_at()->set_seconds(INT64_MAX); },
            "alert.next_update", "between the years"},
        Bad{"UnknownZone", [](auto& a) { a.set_zone("Mars/Olympus"); }, "alert.zone",
            "no IANA zone name"},
        Bad{"BeginsWithTheEnd", [](auto& a) { a.set_phase(v1::Phase::ALL_CLEAR); }, "alert.phase",
            "EndAlert"},
        Bad{"MoreThanSixteenKib",
            [](auto& a) {
              for (int i = 0; i < 30; ++i) a.add_instructions()->set_text(Repeat("漢", 200));
            },
            "alert", "at most 16384"}),
    [](const auto& row) { return row.param.name; });

TEST(Validation, TheExampleOfTheProtocolIsFine) {
  EXPECT_THAT(CheckAlert(LabOutage(), Hospital()), IsEmpty());
}

TEST(Validation, NinetyCharactersOfAnyScriptFit) {
  v1::Alert alert = LabOutage();
  for (const char* one : {"ä", "漢", "ن", "😀"}) {
    alert.set_headline(Repeat(one, 90));
    EXPECT_THAT(CheckAlert(alert, Hospital()), IsEmpty()) << one;
  }
}

TEST(Validation, EverythingThatIsWrongIsSaidAtOnce) {
  v1::Alert alert;
  EXPECT_GE(CheckAlert(alert, Hospital()).size(), 3u);
}

TEST(Validation, ABlankCountsAsTheLeastThatItMayRead) {
  v1::Alert alert = LabOutage();
  alert.set_headline("{service}" + Repeat("x", 89));
  alert.add_back_entry("{start}");
  EXPECT_THAT(CheckAlert(alert, Hospital()), IsEmpty()) << "it may fit once it is filled";
  alert.set_headline("{service}" + Repeat("x", 90));
  ASSERT_EQ(CheckAlert(alert, Hospital()).size(), 1u);
  EXPECT_EQ(CheckDraft(alert, Hospital())[0].field, "alert.headline");
}

TEST(Validation, ABlankThatNothingFillsReachesNoWard) {
  v1::Alert alert = LabOutage();
  alert.set_headline("{service} is down");
  alert.set_impact("Since {start}, until {end}");
  alert.add_back_entry("{not a blank}");
  const auto refused = NewAlert(alert, Hospital(), "desk", kMorning);
  ASSERT_FALSE(refused);
  ASSERT_EQ(refused.error().violations.size(), 1u);
  EXPECT_EQ(refused.error().violations[0].field, "alert.impact");
  // A draft may be completed later.
  EXPECT_THAT(CheckDraft(alert, Hospital()), IsEmpty());
}

TEST(Validation, TakeoverWaitsForTwoApprovers) {
  v1::Alert alert = LabOutage();
  alert.set_presentation(v1::Presentation::TAKEOVER);
  const auto refused = NewAlert(alert, Hospital(), "desk", kMorning);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Code::kFailedPrecondition);
  EXPECT_THAT(refused.error().message, HasSubstr("two approvers"));
}

TEST(Validation, AnAudienceAloneHasItsOwnPath) {
  const auto violations = CheckAudience({}, {}, Hospital(), "audience");
  ASSERT_EQ(violations.size(), 1u);
  EXPECT_EQ(violations[0].field, "audience");
  EXPECT_THAT(CheckAudience({}, {"lab-results"}, Hospital(), "audience"), IsEmpty());
}

}  // namespace
}  // namespace wardcast
