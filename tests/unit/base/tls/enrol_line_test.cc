#include "base/tls/enrol_line.h"

#include <gmock/gmock.h>

#include <random>

#include "server/access/certificates/authority.h"

namespace wardcast {
namespace {

using ::testing::HasSubstr;

EnrolLine Line() {
  static const Authority kAuthority = Authority::Make(SystemClock().Now());
  return {.brokers = {"broker-1.example.org:7443", "10.1.2.3:7443", "[2001:db8::1]:7443"},
          .token = "0123456789abcdef0123456789abcdef0123456789abcdef",
          .authority = kAuthority.certificate().ToPem()};
}

TEST(EnrolLine, ComesBackAsItWas) {
  const std::string text = WriteEnrolLine(Line());
  const auto line = ReadEnrolLine("  \"" + text + "\"\r\n");
  ASSERT_TRUE(line) << line.error().message;
  EXPECT_EQ(line->brokers, Line().brokers);
  EXPECT_EQ(line->token, Line().token);
  EXPECT_EQ(line->authority, Line().authority);
}

TEST(EnrolLine, IsTouchedByNoShellAndNoInstaller) {
  const std::string text = WriteEnrolLine(Line());
  EXPECT_LT(text.size(), 1'500u);
  EXPECT_EQ(text.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                                   ".-_"),
            std::string::npos);
}

TEST(EnrolLine, SaysWhenItIsNotWhole) {
  const std::string text = WriteEnrolLine(Line());
  for (std::size_t size = 0; size < text.size(); ++size) {
    const auto line = ReadEnrolLine(text.substr(0, size));
    ASSERT_FALSE(line) << size;
    EXPECT_EQ(line.error().code, Code::kInvalidArgument);
    EXPECT_THAT(line.error().message, HasSubstr("copy all of what"));
  }
  std::string changed = text;
  changed[40] = changed[40] == 'a' ? 'b' : 'a';
  EXPECT_FALSE(ReadEnrolLine(changed));
  EXPECT_FALSE(ReadEnrolLine(std::string(40'000, 'x')));
}

TEST(EnrolLine, NoBytesBreakIt) {
  std::mt19937 random(7);
  const std::string good = WriteEnrolLine(Line());
  for (int round = 0; round < 2'000; ++round) {
    std::string text = good;
    for (int i = 0; i < 3; ++i) text[random() % text.size()] = static_cast<char>(random() % 256);
    const auto line = ReadEnrolLine(text);  // must not crash
    EXPECT_TRUE(!line || line->token == Line().token);
  }
}

TEST(EnrolLine, HoldsABrokerATokenAndAnAuthority) {
  EnrolLine line = Line();
  line.brokers.clear();
  EXPECT_FALSE(ReadEnrolLine(WriteEnrolLine(line)));
  line = Line();
  line.token = "short";
  EXPECT_FALSE(ReadEnrolLine(WriteEnrolLine(line)));
  line = Line();
  line.authority = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
  EXPECT_FALSE(ReadEnrolLine(WriteEnrolLine(line)));
}

}  // namespace
}  // namespace wardcast
