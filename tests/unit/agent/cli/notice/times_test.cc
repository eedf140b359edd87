// Times as people write them.
#include "agent/cli/notice/times.h"

#include <gtest/gtest.h>

#include <string>

#include "base/proto_time.h"

namespace wardcast::cli {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

// Sunday, the night in which clocks go back in Denver: 01:30 MDT is 07:30 UTC, 01:30 MST 08:30.
const TimePoint kNight = *FromRfc3339("2026-11-01T05:00:00Z");  // Saturday 23:00 in Denver

TimePoint InstantOf(const std::string& text) {
  Doubled doubled = Doubled::kAsk;
  return FromTimestamp(ParseTime(text, doubled, kNight)->at());
}

std::string LocalOf(const std::string& text, Doubled doubled = Doubled::kAsk) {
  const auto time = ParseTime(text, doubled, kNight);
  if (!time) return "refused";
  std::string words = time->local();
  if (time->has_second_time()) words += time->second_time() ? " second" : " first";
  return words;
}

TEST(WrittenTime, IsAnInstantOrCountedFromNow) {
  EXPECT_EQ(InstantOf("now"), kNight);
  EXPECT_EQ(InstantOf("+30m"), kNight + minutes(30));
  EXPECT_EQ(InstantOf("+2h"), kNight + hours(2));
  EXPECT_EQ(InstantOf("2026-11-01T01:30:00-07:00"), *FromRfc3339("2026-11-01T08:30:00Z"));
}

TEST(WrittenTime, OnTheWallGoesToTheBrokerAsItIs) {
  EXPECT_EQ(LocalOf("2026-11-01 01:30"), "2026-11-01T01:30");
  EXPECT_EQ(LocalOf("2026-11-01T01:30"), "2026-11-01T01:30");
  EXPECT_EQ(LocalOf("2026-11-01 01:30 first"), "2026-11-01T01:30 first");
  EXPECT_EQ(LocalOf("2026-11-01 01:30 second"), "2026-11-01T01:30 second");
  EXPECT_EQ(LocalOf("2026-11-01 01:30, second time"), "refused");
  EXPECT_EQ(LocalOf("2026-11-01 01:30 second time"), "2026-11-01T01:30 second");
  EXPECT_EQ(LocalOf("2026-11-01 01:30", Doubled::kSecond), "2026-11-01T01:30 second");
  EXPECT_EQ(LocalOf("2026-11-01 01:30 first", Doubled::kSecond), "2026-11-01T01:30 first");
}

TEST(WrittenTime, TakesTheWordForTheDoubledHourOnce) {
  Doubled doubled = Doubled::kSecond;
  EXPECT_FALSE(ParseTime("2026-11-01 01:15 first", doubled, kNight)->second_time());
  EXPECT_FALSE(ParseTime("+2h", doubled, kNight)->has_second_time());
  EXPECT_TRUE(ParseTime("2026-11-01 01:30", doubled, kNight)->second_time());
  EXPECT_FALSE(ParseTime("2026-11-01 04:00", doubled, kNight)->has_second_time());
}

TEST(WrittenTime, ThatIsNoneIsRefusedWithWhatMayBeWritten) {
  for (const std::string text : {"", "tomorrow", "+", "+m", "+-5m", "01:30", "2026-11-01", "+5d",
                                 "2026-11-01 1:30", "+99999999999m"}) {
    Doubled doubled = Doubled::kAsk;
    const auto time = ParseTime(text, doubled, kNight);
    ASSERT_FALSE(time) << text;
    EXPECT_NE(time.error().message.find("+30m"), std::string::npos) << text;
  }
}

TEST(WrittenMinutes, AreOneMinuteToSevenDays) {
  EXPECT_EQ(*ParseMinutes("30m"), minutes(30));
  EXPECT_EQ(*ParseMinutes("45"), minutes(45));
  EXPECT_EQ(*ParseMinutes("2h"), hours(2));
  for (const std::string text : {"0m", "", "m", "-5m", "169h", "soon"})
    EXPECT_FALSE(ParseMinutes(text)) << text;
}

}  // namespace
}  // namespace wardcast::cli
