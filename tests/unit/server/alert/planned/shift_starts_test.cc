#include "server/alert/planned/shift_starts.h"

#include <gmock/gmock.h>

#include "server/alert/planned/reminders.h"
#include "tests/unit/server/alert/notice.h"

namespace wardcast {
namespace {

using testing::ElementsAre;
using namespace std::chrono_literals;

const ShiftPattern kDenver{.zone = "America/Denver", .starts = {7h, 19h}};

TEST(ShiftStarts, AreAtSevenByTheClockOnTheWall) {
  EXPECT_THAT(ShiftStarts(kDenver, At("2026-10-31T00:00:00Z"), At("2026-11-02T02:00:00Z")),
              ElementsAre(At("2026-10-31T01:00:00Z"), At("2026-10-31T13:00:00Z"),
                          At("2026-11-01T01:00:00Z"), At("2026-11-01T14:00:00Z"),
                          At("2026-11-02T02:00:00Z")))
      << "clocks go back in between";
  EXPECT_THAT(ShiftStarts(kDenver, At("2026-03-08T02:00:00Z"), At("2026-03-08T14:00:00Z")),
              ElementsAre(At("2026-03-08T13:00:00Z")))
      << "clocks go forward in between; the first moment does not count";
}

TEST(ShiftStarts, InAnHourThatIsSkippedOrDoubled) {
  const ShiftPattern night{.zone = "America/Denver", .starts = {90min, 150min}};
  EXPECT_THAT(ShiftStarts(night, At("2026-03-08T07:00:00Z"), At("2026-03-08T12:00:00Z")),
              ElementsAre(At("2026-03-08T08:30:00Z"), At("2026-03-08T09:00:00Z")));
  EXPECT_THAT(ShiftStarts(night, At("2026-11-01T06:00:00Z"), At("2026-11-01T12:00:00Z")),
              ElementsAre(At("2026-11-01T07:30:00Z"), At("2026-11-01T09:30:00Z")));
}

TEST(ShiftStarts, AreTheDefaultWhereAWardSaysNothing) {
  const auto all = ShiftPatternsOf(Hospital());
  EXPECT_EQ(all->patterns.size(), 2u) << "one for each zone";
  const ShiftPattern& north = all->patterns[all->of_ward.at("n-2")];
  EXPECT_EQ(north.zone, "America/Los_Angeles");
  EXPECT_THAT(north.starts, ElementsAre(7h, 19h));
}

TEST(Reminders, AreAtTheLastTwoShiftStartsBefore) {
  EXPECT_THAT(ShiftReminders(kDenver, At("2026-11-01T09:00:00Z")),
              ElementsAre(At("2026-10-31T13:00:00Z"), At("2026-11-01T01:00:00Z")));
  EXPECT_THAT(ShiftReminders(kDenver, At("2026-11-01T01:00:00Z")),
              ElementsAre(At("2026-10-31T01:00:00Z"), At("2026-10-31T13:00:00Z")))
      << "a shift start is not before itself";
  const ShiftPattern once{.zone = "America/Denver", .starts = {7h}};
  EXPECT_THAT(ShiftReminders(once, At("2026-11-01T09:00:00Z")),
              ElementsAre(At("2026-10-30T13:00:00Z"), At("2026-10-31T13:00:00Z")));
}

// A clinic: Friday's evening shift, the weekend and every night are nobody's.
const ShiftPattern kClinic{
    .zone = "America/Denver", .starts = {7h, 19h}, .opening_hours = "Mon-Fri 07:00-19:00"};

TEST(ShiftStarts, OfAClosedWardConcernNobody) {
  EXPECT_TRUE(IsOpenAt(kDenver, At("2026-10-31T01:00:00Z"))) << "without hours: always";
  EXPECT_TRUE(IsOpenAt(kClinic, At("2026-10-30T13:00:00Z"))) << "Friday 07:00, as it opens";
  EXPECT_FALSE(IsOpenAt(kClinic, At("2026-10-31T01:00:00Z"))) << "Friday 19:00, as it closes";
  EXPECT_FALSE(IsOpenAt(kClinic, At("2026-10-31T13:00:00Z"))) << "Saturday 07:00";
  EXPECT_THAT(ShiftStarts(kClinic, At("2026-10-31T00:00:00Z"), At("2026-10-31T14:00:00Z")),
              testing::SizeIs(2))
      << "they are shift starts all the same";
}

TEST(ShiftStarts, AreOfOnePatternOnlyWithTheSameOpeningHours) {
  DirectoryContent content = Import(SmallHospital())->content;
  for (v1::Ward& ward : content.wards) {
    if (ward.id() == "lab") ward.set_opening_hours("Mon-Fri 07:00-19:00");
  }
  const Directory directory(content, 1);
  const auto all = ShiftPatternsOf(directory);
  EXPECT_EQ(all->of_ward.at("4w"), all->of_ward.at("or"));
  EXPECT_NE(all->of_ward.at("4w"), all->of_ward.at("lab"));
  EXPECT_EQ(all->patterns[all->of_ward.at("lab")].opening_hours, "Mon-Fri 07:00-19:00");
}

TEST(Reminders, SkipShiftStartsAtWhichAWardIsClosed) {
  EXPECT_THAT(ShiftReminders(kClinic, At("2026-10-31T04:00:00Z")),
              ElementsAre(At("2026-10-30T13:00:00Z")))
      << "Friday 22:00: the one at 07:00";
  EXPECT_THAT(ShiftReminders(kClinic, At("2026-11-01T09:00:00Z")), testing::IsEmpty())
      << "Sunday: it is not made up for on Friday";
}

}  // namespace
}  // namespace wardcast
