#include "base/log.h"

#include <gtest/gtest.h>

#include <string>

namespace wardcast {
namespace {

TEST(Log, UntrustedTextBecomesOneShortPrintableLine) {
  EXPECT_EQ(LogSafe("4w\n2026 error: forged"), "4w?2026 error: forged");
  EXPECT_EQ(LogSafe(std::string("a\0b\x1b[31m", 8)), "a?b?[31m");
  EXPECT_EQ(LogSafe(std::string(5000, 'x')).size(), 200u);
}

TEST(Log, WrongLevelOrFormatIsAnError) {
  EXPECT_FALSE(StartLogging("t", "loud", "text").has_value());
  EXPECT_FALSE(StartLogging("t", "info", "xml").has_value());
}

}  // namespace
}  // namespace wardcast
