// What may go out of texts with blanks.
#include "server/alert/texts/filled_check.h"

#include <gmock/gmock.h>

#include <string>

#include "tests/unit/server/alert/texts/sent_notice.h"

namespace wardcast {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;

// The first violation of a refusal, as "field: what"; "": it was none.
template <class T>
std::string RefusalOf(const Result<T>& result) {
  if (result) return "";
  if (result.error().violations.empty()) return result.error().message;
  return result.error().violations[0].field + ": " + result.error().violations[0].description;
}

Result<v1::Alert> SendText(const std::string& json) {
  v1::Alert written = LabOutage();
  written.clear_services();
  written.MergeFrom(FromJson<v1::Alert>(json));
  return NewAlert(written, Hospital(), "desk", kSunday);
}

TEST(SendingBlanks, IsRefusedWhereNothingFillsThem) {
  EXPECT_THAT(RefusalOf(SendText(R"({"impact":"Back at {end}"})")),
              HasSubstr("alert.impact: has the blank {end}, which nothing fills: give the expected "
                        "end"));
  EXPECT_THAT(RefusalOf(SendText(R"({"instructions":[{"text":"a"},{"text":"Not {service}"}]})")),
              HasSubstr("alert.instructions[1].text: has the blank {service}"));
  EXPECT_THAT(RefusalOf(SendText(R"({"severity":"MINOR","reason":"More at {next}"})")),
              HasSubstr("alert.reason: has the blank {next}"))
      << "MINOR promises nothing";
  EXPECT_EQ(RefusalOf(SendText(R"({"impact":"Since {start}, more at {next}, {or not}"})")), "");
}

TEST(SendingBlanks, CountsWhatIsRead) {
  const std::string eighty(80, 'x');
  EXPECT_THAT(RefusalOf(SendText(R"({"services":["lab-results"],"headline":"{service} )" + eighty +
                                 R"("})")),
              HasSubstr("alert.headline: "));
  // 95 characters as it is written, 89 as it is read.
  EXPECT_EQ(
      RefusalOf(SendText(R"({"services":["fax"],"headline":"{service}xxxxxx)" + eighty + R"("})")),
      "");
  EXPECT_THAT(RefusalOf(SendText(R"({"backEntry":["{start} )" + std::string(198, 'x') + R"("]})")),
              HasSubstr("alert.back_entry[0]: "));
}

TEST(EditingBlanks, IsNeverRefusedForATextThatNobodyTouched) {
  const v1::Alert sent =
      SentWithBlanks(R"({"stillWorks":["{start} )" + std::string(114, 'x') + R"("]})");
  const auto open = Edited(sent, R"({"updateMask":"expectedEnd"})", kSunday + 5min);
  EXPECT_EQ(RefusalOf(open), "") << "until nobody knows when";
  const auto again = Edited(**open, R"({"alert":{"phone":"4711"}})", kSunday + 24h);
  EXPECT_EQ(RefusalOf(again), "") << "and with the weekday the line is longer than it may be";
}

TEST(EditingBlanks, LooksAtWhatIsWrittenAnew) {
  const v1::Alert sent = SentWithBlanks();
  const auto open = Edited(sent, R"({"updateMask":"expectedEnd"})", kSunday + 5min);
  ASSERT_TRUE(open && *open);
  EXPECT_THAT(
      RefusalOf(Edited(**open, R"({"alert":{"impact":"It lasts until {end}."}})", kSunday + 6min)),
      HasSubstr("alert.impact: has the blank {end}"));
  EXPECT_EQ(RefusalOf(Edited(**open, R"({"alert":{"impact":"It lasts until {end}.",
                "expectedEnd":{"at":"2026-03-02T01:00:00Z"}}})",
                             kSunday + 6min)),
            "");
}

TEST(EditingBlanks, LooksAgainAtTheNamesOfServices) {
  const v1::Alert sent =
      SentWithBlanks(R"({"headline":"{service}: )" + std::string(60, 'x') + R"("})");
  EXPECT_THAT(
      RefusalOf(Edited(sent, R"({"alert":{"services":["lab-results","fax"]}})", kSunday + 5min)),
      HasSubstr("alert.headline: "));
  EXPECT_THAT(RefusalOf(Edited(sent, R"({"updateMask":"services"})", kSunday + 5min)),
              HasSubstr("alert.headline: has the blank {service}"));
}

TEST(EditingBlanks, TheSameTextAgainChangesNothing) {
  const auto again = UpdatedAlert(
      SentWithBlanks(),
      [] {
        v1::UpdateAlertRequest request;
        *request.mutable_alert() = WithBlanks();
        return request;
      }(),
      Hospital(), kSunday + 5min);
  ASSERT_TRUE(again);
  EXPECT_FALSE(again->has_value());
}

}  // namespace
}  // namespace wardcast
