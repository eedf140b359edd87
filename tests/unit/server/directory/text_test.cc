#include <gtest/gtest.h>

#include <array>
#include <string>

#include "server/directory/near_match.h"
#include "server/directory/opening_hours.h"
#include "server/directory/utf8.h"

namespace wardcast {
namespace {

TEST(Utf8, CountsWhatAPersonCallsCharacters) {
  EXPECT_EQ(CodePoints("Köln"), 4u);
  EXPECT_EQ(CodePoints("検査結果"), 4u);
  EXPECT_EQ(CodePoints("نتائج"), 5u);
  EXPECT_EQ(CodePoints("😀"), 1u);
  EXPECT_EQ(CodePoints(""), 0u);
}

TEST(Utf8, FindsTheFirstByteThatIsNone) {
  EXPECT_EQ(FirstInvalidUtf8("Köln 検査 😀"), std::nullopt);
  EXPECT_EQ(FirstInvalidUtf8("ab\xFF"), 2u);
  EXPECT_EQ(FirstInvalidUtf8("\xF4\x90\x80\x80"), 0u);  // beyond U+10FFFF
  EXPECT_EQ(FirstInvalidUtf8("\xE0\x80\x80"), 0u);      // overlong
  EXPECT_EQ(FirstInvalidUtf8("a\x80"), 1u);
}

TEST(Utf8, KnowsWhatBreaksOrHidesALine) {
  EXPECT_TRUE(HasControlCharacter("a\nb"));
  EXPECT_TRUE(HasControlCharacter(std::string_view("a\0b", 3)));
  EXPECT_TRUE(HasControlCharacter("a\x7F"));
  EXPECT_TRUE(HasControlCharacter("\xC2\x85"));      // next line
  EXPECT_TRUE(HasControlCharacter("\xE2\x80\xA8"));  // line separator
  EXPECT_TRUE(
      HasControlCharacter("\xE2\x80\xAE"
                          "x"));  // right-to-left override
  EXPECT_FALSE(HasControlCharacter("نتائج · Köln"));
  EXPECT_FALSE(
      HasControlCharacter("\xE2\x81\xA7"
                          "4W"
                          "\xE2\x81\xA9"));  // isolates
  EXPECT_FALSE(
      HasControlCharacter("\xE2\x80\x8F"
                          "4W"));  // right-to-left mark
}

TEST(NearMatch, NamesWhatWasProbablyMeant) {
  constexpr std::array<std::string_view, 5> kWardIds{"3w", "4w", "icu", "nicu",
                                                     "central-monitoring"};
  EXPECT_EQ(NearMatch("4W", kWardIds), "4w");
  EXPECT_EQ(NearMatch("4-w", kWardIds), "4w");
  EXPECT_EQ(NearMatch("centralmonitorin", kWardIds), "central-monitoring");
  EXPECT_EQ(NearMatch("dialysis", kWardIds), "");
  EXPECT_EQ(NearMatch("", kWardIds), "");
  EXPECT_EQ(Suggestion("4w"), ", did you mean \"4w\"?");
  EXPECT_EQ(Suggestion(""), "");
}

TEST(OpeningHours, AreDaysAndTimes) {
  for (const char* good :
       {"", "Mon-Fri 07:00-19:00", "Sat 08:00-12:00", "Mon-Fri 07:00-19:00; Sun 00:00-24:00"})
    EXPECT_TRUE(AreOpeningHours(good)) << good;
  for (const char* bad : {"always", "Mon-Fri", "Mon-Fri 7-19", "Mo-Fr 07:00-19:00",
                          "Mon-Fri 07:00-25:00", "Mon 24:00-24:00", ";"})
    EXPECT_FALSE(AreOpeningHours(bad)) << bad;
}

}  // namespace
}  // namespace wardcast
