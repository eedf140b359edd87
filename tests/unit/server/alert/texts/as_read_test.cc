// A preview of what wards would read.
#include "server/alert/texts/as_read.h"

#include <gmock/gmock.h>

#include "tests/unit/server/alert/texts/sent_notice.h"

namespace wardcast {
namespace {

using ::testing::IsEmpty;

TEST(AsRead, FillsWhatTheBrokerWouldFill) {
  const v1::Alert read = AsRead(FromJson<v1::Alert>(R"({"kind":"OUTAGE","services":["fax"],
          "headline":"{service}","impact":"{start}, {next}, {end}","audience":{"sites":["main"]}})"),
                                Hospital(), kSunday);
  EXPECT_EQ(read.headline(), "Fax");
  EXPECT_EQ(read.impact(), "14:07, 15:07, {end}") << "nothing fills the last one";
  EXPECT_EQ(read.phone(), "970-555-0100");
  EXPECT_THAT(read.written(), IsEmpty());
}

TEST(AsRead, TakesTimesOnTheWallAndADraftsBlanks) {
  v1::Alert draft = FromJson<v1::Alert>(R"({"impact":"From {start} to {end}",
          "audience":{"sites":["main"]},"start":{"local":"2026-03-02T02:00"},
          "expectedEnd":{"local":"2026-03-02T04:00"}})");
  draft.set_state(v1::State::DRAFT);
  draft.set_held_because("an approver returned it");
  const v1::Alert read = AsRead(draft, Hospital(), kSunday);
  EXPECT_EQ(read.impact(), "From Mon 02:00 to Mon 04:00");
  EXPECT_THAT(read.held_because(), IsEmpty()) << "output only";
}

TEST(AsRead, IsNotStoppedByWhatIsWrong) {
  const v1::Alert read =
      AsRead(FromJson<v1::Alert>(R"({"impact":"{service} since {start}","services":["faks"],
          "audience":{"sites":["main"]},"zone":"Mars/Olympus","start":{"local":"soon"},
          "nextUpdate":{"at":"9999-12-31T00:00:00Z"},"expectedEnd":{"zone":"nowhere"}})"),
             Hospital(), kSunday);
  EXPECT_EQ(read.impact(), "faks since 14:07");
  EXPECT_EQ(read.zone(), "America/Denver");
  EXPECT_FALSE(read.has_expected_end());
}

}  // namespace
}  // namespace wardcast
