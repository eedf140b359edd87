#include "server/alert/local_time.h"

#include <gmock/gmock.h>

#include <optional>
#include <string>
#include <vector>

#include "server/alert/lifecycle.h"
#include "server/alert/zoned_time.h"
#include "tests/unit/server/alert/notice.h"

namespace wardcast {
namespace {

using testing::HasSubstr;

struct Local {
  const char* zone;
  const char* local;
  std::optional<bool> second;
  const char* at;    // empty: refused
  const char* says;  // then
};

class LocalTimes : public testing::TestWithParam<Local> {};

TEST_P(LocalTimes, BecomeInstantsOrAreRefused) {
  v1::ZonedTime time;
  time.set_local(GetParam().local);
  if (GetParam().second) time.set_second_time(*GetParam().second);
  std::vector<FieldViolation> violations;
  ResolveLocal("alert.start", GetParam().zone, time, violations);
  if (GetParam().at[0] != '\0') {
    ASSERT_TRUE(violations.empty()) << violations[0].description;
    EXPECT_EQ(ToRfc3339(FromTimestamp(time.at())), GetParam().at);
    EXPECT_TRUE(time.local().empty());
    EXPECT_FALSE(time.has_second_time());
    EXPECT_EQ(time.zone(), GetParam().zone);
  } else {
    ASSERT_EQ(violations.size(), 1u);
    EXPECT_THAT(violations[0].description, HasSubstr(GetParam().says));
    EXPECT_THAT(violations[0].field, HasSubstr("alert.start"));
  }
}

INSTANTIATE_TEST_SUITE_P(
    Table, LocalTimes,
    testing::Values(
        Local{"America/Denver", "2026-03-01T14:07", {}, "2026-03-01T21:07:00Z", ""},
        Local{"America/Denver", "2026-03-01 14:07", {}, "2026-03-01T21:07:00Z", ""},
        // Clocks go forward: 02:00 … 02:59 is not there.
        Local{"America/Denver", "2026-03-08T01:59", {}, "2026-03-08T08:59:00Z", ""},
        Local{"America/Denver", "2026-03-08T02:00", {}, "", "03:00 MDT"},
        Local{"America/Denver", "2026-03-08T02:59", {}, "", "does not exist"},
        Local{"America/Denver", "2026-03-08T03:00", {}, "2026-03-08T09:00:00Z", ""},
        Local{"Europe/Berlin", "2026-03-29T02:30", {}, "", "does not exist"},
        // Clocks go back: 01:00 … 01:59 comes twice.
        Local{"America/Denver", "2026-11-01T00:59", {}, "2026-11-01T06:59:00Z", ""},
        Local{"America/Denver", "2026-11-01T01:30", {}, "", "01:30 MDT or true for 01:30 MST"},
        Local{"America/Denver", "2026-11-01T01:30", false, "2026-11-01T07:30:00Z", ""},
        Local{"America/Denver", "2026-11-01T01:30", true, "2026-11-01T08:30:00Z", ""},
        Local{"America/Denver", "2026-11-01T02:00", {}, "2026-11-01T09:00:00Z", ""},
        Local{"America/Denver", "2026-11-01T02:00", true, "", "comes once"},
        Local{"America/Los_Angeles", "2026-11-01T01:00", true, "2026-11-01T09:00:00Z", ""},
        Local{"Europe/Berlin", "2026-10-25T02:30", true, "2026-10-25T01:30:00Z", ""},
        // Half an hour, on the other side of the world.
        Local{"Australia/Lord_Howe", "2026-10-04T02:15", {}, "", "does not exist"},
        Local{"Australia/Lord_Howe", "2026-04-05T01:45", {}, "", "comes twice"},
        Local{"America/Denver", "2026-02-30T10:00", {}, "", "is no local time"},
        Local{"America/Denver", "2026-03-01T24:00", {}, "", "is no local time"},
        Local{"America/Denver", "2026-03-01T14:07Z", {}, "", "is no local time"},
        Local{"America/Denver", "tomorrow", {}, "", "is no local time"},
        Local{"Mars/Olympus", "2026-03-01T14:07", {}, "", "no IANA zone"}));

TEST(LocalTime, IsOneOfTheTwo) {
  v1::ZonedTime time;
  time.set_local("2026-03-01T14:07");
  *time.mutable_at() = ToTimestamp(At("2026-03-01T21:07:00Z"));
  std::vector<FieldViolation> violations;
  ResolveLocal("start", "UTC", time, violations);
  ASSERT_EQ(violations.size(), 1u);
  EXPECT_THAT(violations[0].description, HasSubstr("one of them"));
}

TEST(LocalTime, OfANoticeIsInTheZoneOfItsFirstSite) {
  auto alert = FromJson<v1::Alert>(
      R"({"audience":{"sites":["north"]},"start":{"local":"2026-03-01T13:07"},
          "expectedEnd":{"local":"2026-03-01T16:07","zone":"America/Denver"},
          "sendAt":{"at":"2026-03-01T20:00:00Z"}})");
  std::vector<FieldViolation> violations;
  ResolveLocalTimes(alert, Hospital(), violations);
  EXPECT_TRUE(violations.empty());
  EXPECT_EQ(FromTimestamp(alert.start().at()), At("2026-03-01T21:07:00Z"));
  EXPECT_EQ(FromTimestamp(alert.expected_end().at()), At("2026-03-01T23:07:00Z"));
  EXPECT_EQ(FromTimestamp(alert.send_at().at()), At("2026-03-01T20:00:00Z"));
}

TEST(LocalTime, IsResolvedByEveryRuleThatTakesTimes) {
  const TimePoint now = At("2026-10-26T16:00:00Z");
  v1::Alert written = LabOutage();
  written.mutable_start()->set_local("2026-11-01T01:30");
  const auto refused = NewAlert(written, Hospital(), "x", now);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Code::kInvalidArgument);
  EXPECT_EQ(refused.error().violations[0].field, "alert.start.local");
  EXPECT_FALSE(DraftOf(written, Hospital(), "x", now));
  written.mutable_start()->set_second_time(true);
  const auto alert = NewAlert(written, Hospital(), "x", now);
  ASSERT_TRUE(alert);
  EXPECT_EQ(FromTimestamp(alert->start().at()), At("2026-11-01T08:30:00Z"));
  EXPECT_EQ(alert->start().abbreviation(), "MST");
  const auto request =
      FromJson<v1::UpdateAlertRequest>(R"({"alert":{"expectedEnd":{"local":"2026-11-01T04:00"}}})");
  const auto updated = UpdatedAlert(*alert, request, Hospital(), now);
  ASSERT_TRUE(updated && updated->has_value());
  EXPECT_EQ(FromTimestamp((*updated)->expected_end().at()), At("2026-11-01T11:00:00Z"));
}

}  // namespace
}  // namespace wardcast
