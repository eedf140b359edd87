#include "agent/core/site_time.h"

#include <gtest/gtest.h>

#include "tests/unit/agent/core/hospital.h"

namespace wardcast::agent {
namespace {

TimePoint T(const char* text) { return FromRfc3339(text).value(); }

struct TimeCase {
  const char* time;
  const char* now;
  const char* text;
};

TEST(SiteTime, WeekdayIfNotTodayZoneOnlyNearAClockChange) {
  const v1::GetSettingsResponse settings = FourWest();
  const SiteTime site(settings.zone_offsets());
  for (const TimeCase& c : {
           TimeCase{"2026-01-14T21:07:00Z", "2026-01-14T22:00:00Z", "14:07"},
           TimeCase{"2026-01-15T06:59:00Z", "2026-01-14T22:00:00Z", "23:59"},
           TimeCase{"2026-01-15T07:00:00Z", "2026-01-14T22:00:00Z", "Thu 00:00"},
           TimeCase{"2026-01-12T21:07:00Z", "2026-01-14T22:00:00Z", "Mon 14:07"},
           TimeCase{"2026-01-02T21:07:00Z", "2026-01-14T22:00:00Z", "Fri 2 Jan 14:07"},
           TimeCase{"2026-03-08T08:30:00Z", "2026-03-08T08:00:00Z", "01:30 MST"},
           TimeCase{"2026-03-08T09:30:00Z", "2026-03-08T08:00:00Z", "03:30 MDT"},
       }) {
    EXPECT_EQ(site.Text(T(c.time), T(c.now)), c.text);
  }
}

TEST(SiteTime, AnAlertOfAnotherZoneIsShownInTheSitesTimeWithItsZone) {
  const v1::GetSettingsResponse settings = FourWest();
  v1::ZonedTime time = Denver(T("2026-01-14T21:07:00Z"));
  time.set_zone("America/Los_Angeles");
  time.set_utc_offset_minutes(-480);
  EXPECT_EQ(SiteTime(settings.zone_offsets()).Text(time, T("2026-01-14T22:00:00Z")), "14:07 MST");
}

TEST(SiteTime, WithoutSettingsTheTimeSaysItsOwnZone) {
  EXPECT_EQ(SiteTime().Text(Denver(T("2026-01-14T21:07:00Z")), T("2026-01-14T22:00:00Z")),
            "14:07 MST");
  EXPECT_EQ(SiteTime().Text(T("2026-01-14T21:07:00Z"), T("2026-01-14T22:00:00Z")), "21:07 UTC");
}

}  // namespace
}  // namespace wardcast::agent
