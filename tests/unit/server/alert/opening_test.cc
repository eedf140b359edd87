#include "server/alert/opening.h"

#include <gtest/gtest.h>

#include "base/proto_time.h"

namespace wardcast {
namespace {

TimePoint TimeOf(const char* text) { return FromRfc3339(text).value(); }

std::string Until(const char* opening, const char* now, const char* zone = "America/Denver") {
  const auto opens = ClosedUntil(opening, zone, TimeOf(now));
  return opens ? ToRfc3339(*opens) : "open";
}

TEST(Opening, AWardWithoutHoursIsAlwaysOpen) {
  EXPECT_EQ(Until("", "2026-01-14T03:00:00-07:00"), "open");
  EXPECT_EQ(Until("sometimes", "2026-01-14T03:00:00-07:00"), "open")
      << "a ward that may be open is never called closed";
}

TEST(Opening, AClinicIsClosedAtNightAndOverTheWeekend) {
  const char* opening = "Mon-Fri 07:00-19:00";
  EXPECT_EQ(Until(opening, "2026-01-14T06:59:59-07:00"), "2026-01-14T14:00:00Z");
  EXPECT_EQ(Until(opening, "2026-01-14T07:00:00-07:00"), "open");
  EXPECT_EQ(Until(opening, "2026-01-14T18:59:59-07:00"), "open");
  EXPECT_EQ(Until(opening, "2026-01-14T19:00:00-07:00"), "2026-01-15T14:00:00Z");
  EXPECT_EQ(Until(opening, "2026-01-16T20:00:00-07:00"), "2026-01-19T14:00:00Z") << "Mon 07:00";
}

TEST(Opening, PartsAreTakenTogether) {
  const char* opening = "Mon-Fri 08:00-17:00; Sat 09:00-12:00";
  EXPECT_EQ(Until(opening, "2026-01-17T10:00:00-07:00"), "open");
  EXPECT_EQ(Until(opening, "2026-01-17T12:00:00-07:00"), "2026-01-19T15:00:00Z");
  EXPECT_EQ(Until(opening, "2026-01-16T17:30:00-07:00"), "2026-01-17T16:00:00Z");
}

TEST(Opening, ANightClinicIsOpenOverMidnightAndASpanMayPassTheWeeksEnd) {
  EXPECT_EQ(Until("Fri-Mon 20:00-06:00", "2026-01-18T02:00:00-07:00"), "open");
  EXPECT_EQ(Until("Fri-Mon 20:00-06:00", "2026-01-20T05:59:00-07:00"), "open") << "Monday's night";
  EXPECT_EQ(Until("Fri-Mon 20:00-06:00", "2026-01-20T06:00:00-07:00"), "2026-01-24T03:00:00Z");
  EXPECT_EQ(Until("Mon-Sun 00:00-24:00", "2026-01-20T23:59:59-07:00"), "open");
}

TEST(Opening, OpensByTheClocksOnTheWallWhenTheyChange) {
  // Clocks go forward on 2026-03-08 at 02:00.
  EXPECT_EQ(Until("Sun 07:00-19:00", "2026-03-07T22:00:00-07:00"), "2026-03-08T13:00:00Z");
  EXPECT_EQ(Until("Mon 07:00-19:00", "2026-01-12T06:00:00Z", "no/such/zone"),
            "2026-01-12T07:00:00Z");
}

}  // namespace
}  // namespace wardcast
