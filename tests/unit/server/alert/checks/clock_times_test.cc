#include "server/alert/checks/clock_times.h"

#include <gmock/gmock.h>

namespace wardcast {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(ClockTimes, AreFoundHoweverTheyAreTyped) {
  EXPECT_THAT(ClockTimesIn("Back at 14:07."), ElementsAre("14:07"));
  EXPECT_THAT(ClockTimesIn("from 2:30 pm to 4 PM"), ElementsAre("14:30", "16:00"));
  EXPECT_THAT(ClockTimesIn("12:15 a.m."), ElementsAre("00:15"));
  EXPECT_THAT(ClockTimesIn("um 14.07 Uhr und um 9 Uhr"), ElementsAre("14:07", "09:00"));
  EXPECT_THAT(ClockTimesIn("à 14h07"), ElementsAre("14:07"));
  EXPECT_THAT(ClockTimesIn("02:00-04:00"), ElementsAre("02:00", "04:00"));
}

TEST(ClockTimes, AreNotWhatOnlyLooksLikeThem) {
  for (const char* text :
       {"", "{start}", "1:100", "2.14", "version 2.14.3", "25:00", "12:75", "4 West", "4 amps",
        "2026-03-01", "10.20.30.40", "A4:30", "5555", "3 wards", "room 12"})
    EXPECT_THAT(ClockTimesIn(text), IsEmpty()) << text;
}

}  // namespace
}  // namespace wardcast
