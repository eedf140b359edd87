#include "server/alert/zoned_time.h"

#include <gtest/gtest.h>

#include <string>

#include "base/proto_time.h"

namespace wardcast {
namespace {

TimePoint At(const char* text) { return *FromRfc3339(text); }

TEST(ZonedTime, KnowsZonesByTheirIanaNames) {
  for (const char* good : {"America/Denver", "Europe/Berlin", "Asia/Kolkata", "UTC"})
    EXPECT_TRUE(ZoneExists(good)) << good;
  for (const char* bad : {"", "Denver", "America/Nowhere", "MST7MDT,x", "../../etc/passwd", "/etc"})
    EXPECT_FALSE(ZoneExists(bad)) << bad;
}

struct Moment {
  const char* at;
  const char* zone;
  int minutes;
  const char* abbreviation;
  const char* clock;
};

class ZonedMoment : public testing::TestWithParam<Moment> {};

TEST_P(ZonedMoment, HasOffsetAbbreviationAndClock) {
  const v1::ZonedTime time = ToZoned(At(GetParam().at), GetParam().zone);
  EXPECT_EQ(time.utc_offset_minutes(), GetParam().minutes);
  EXPECT_EQ(time.abbreviation(), GetParam().abbreviation);
  EXPECT_EQ(ClockText(time), GetParam().clock);
  EXPECT_EQ(FromTimestamp(time.at()), At(GetParam().at));
}

INSTANTIATE_TEST_SUITE_P(
    Table, ZonedMoment,
    testing::Values(
        // The clocks go forward: 02:00 … 02:59 does not exist.
        Moment{"2026-03-08T08:59:59Z", "America/Denver", -420, "MST", "01:59"},
        Moment{"2026-03-08T09:00:00Z", "America/Denver", -360, "MDT", "03:00"},
        // And back: 01:30 comes twice.
        Moment{"2026-11-01T07:30:00Z", "America/Denver", -360, "MDT", "01:30"},
        Moment{"2026-11-01T08:30:00Z", "America/Denver", -420, "MST", "01:30"},
        Moment{"2026-03-29T00:59:59Z", "Europe/Berlin", 60, "CET", "01:59"},
        Moment{"2026-03-29T01:00:00Z", "Europe/Berlin", 120, "CEST", "03:00"},
        Moment{"2026-06-01T00:00:00Z", "Asia/Kolkata", 330, "IST", "05:30"},
        Moment{"2026-01-01T00:00:00Z", "Australia/Lord_Howe", 660, "+11", "11:00"},
        Moment{"2026-06-01T00:00:00Z", "Australia/Lord_Howe", 630, "+1030", "10:30"},
        Moment{"2026-06-01T23:59:59.999Z", "UTC", 0, "UTC", "23:59"}));

TEST(ZonedTime, AnUnknownZoneCountsAsUtc) {
  const v1::ZonedTime time = ToZoned(At("2026-06-01T12:00:00Z"), "Nowhere");
  EXPECT_EQ(time.zone(), "UTC");
  EXPECT_EQ(time.utc_offset_minutes(), 0);
  EXPECT_EQ(ClockText(time), "12:00");
}

TEST(ZoneOffsets, TellWhenTheClocksChange) {
  const auto from = At("2026-02-01T12:00:00Z");
  const auto offsets = ZoneOffsets("America/Denver", from, from + std::chrono::days(400));
  ASSERT_EQ(offsets.size(), 3u);
  EXPECT_EQ(FromTimestamp(offsets[0].from()), from);
  EXPECT_EQ(offsets[0].utc_offset_minutes(), -420);
  EXPECT_EQ(FromTimestamp(offsets[1].from()), At("2026-03-08T09:00:00Z"));
  EXPECT_EQ(offsets[1].abbreviation(), "MDT");
  EXPECT_EQ(FromTimestamp(offsets[2].from()), At("2026-11-01T08:00:00Z"));
}

TEST(ZoneOffsets, AreOneWhereClocksNeverChange) {
  const auto from = At("2026-02-01T12:00:00Z");
  for (const char* zone : {"UTC", "Asia/Tokyo", "America/Phoenix", "no zone"})
    EXPECT_EQ(ZoneOffsets(zone, from, from + std::chrono::days(400)).size(), 1u) << zone;
}

// Every hour of two years: what the stretches say is what the zone says.
TEST(ZoneOffsets, AgreeWithEveryHour) {
  const auto from = At("2026-01-01T00:00:00Z");
  const auto to = from + std::chrono::days(730);
  const auto offsets = ZoneOffsets("Europe/Berlin", from, to);
  std::size_t i = 0;
  for (TimePoint at = from; at < to; at += std::chrono::hours(1)) {
    while (i + 1 < offsets.size() && FromTimestamp(offsets[i + 1].from()) <= at) ++i;
    ASSERT_EQ(offsets[i].utc_offset_minutes(), ToZoned(at, "Europe/Berlin").utc_offset_minutes())
        << ToRfc3339(at);
  }
}

}  // namespace
}  // namespace wardcast
