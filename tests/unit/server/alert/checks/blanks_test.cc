// {service}, {start}, {end}, {next}.
#include "server/alert/checks/blanks.h"

#include <gtest/gtest.h>

#include <string>

namespace wardcast {
namespace {

TEST(Blanks, AreTheFourAndNothingElseInBraces) {
  EXPECT_EQ(LeadingBlank("{service} is down"), Blank::kService);
  EXPECT_EQ(LeadingBlank("{next}"), Blank::kNext);
  for (const std::string text : {"", "{", "service", "{Service}", "{ start }", "{start", "x{end}"})
    EXPECT_FALSE(LeadingBlank(text)) << text;
  EXPECT_TRUE(HasBlank("x{end}"));
  EXPECT_FALSE(HasBlank("{not a blank}"));
}

TEST(Blanks, TakeOneCharacterAtLeast) {
  EXPECT_EQ(ShortestFilled("{service} since {start}"), "- since -");
  EXPECT_EQ(ShortestFilled("{{start}}"), "{-}");
  EXPECT_EQ(ShortestFilled("größer {als}"), "größer {als}");
  EXPECT_EQ(ShortestFilled(""), "");
}

}  // namespace
}  // namespace wardcast
