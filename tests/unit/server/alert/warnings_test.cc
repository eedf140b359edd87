#include "server/alert/warnings.h"

#include <gmock/gmock.h>

#include "server/alert/lifecycle.h"
#include "tests/unit/server/alert/notice.h"

namespace wardcast {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

v1::Alert Sent(const char* more) {
  v1::Alert written = LabOutage();
  written.MergeFrom(FromJson<v1::Alert>(more));
  const auto alert = NewAlert(written, Hospital(), "x", At("2026-03-01T21:07:00Z"));
  EXPECT_TRUE(alert) << alert.error().message;
  return *alert;
}

TEST(Warnings, NameTheFieldAndNotWhatIsInIt) {
  const auto warnings = WarningsOf(Sent(
      R"({"impact":"MRN 483920 is missing","instructions":[{"text":"a"},{"text":"Wait until 15:15"}],
          "phone":"970-555-0100 12345678","ticket":"12345678"})"));
  ASSERT_EQ(warnings.size(), 2u);
  EXPECT_EQ(warnings[0].kind(), v1::Warning::KIND_PATIENT_DATA);
  EXPECT_EQ(warnings[0].field(), "alert.impact");
  EXPECT_THAT(warnings[0].message(), Not(HasSubstr("483920")));
  EXPECT_EQ(warnings[1].kind(), v1::Warning::KIND_CLOCK_TIME);
  EXPECT_EQ(warnings[1].field(), "alert.instructions[1].text");
  EXPECT_TRUE(TakesPatientDataReason(warnings));
}

TEST(Warnings, OfAClockTimeThatWillNotFollow) {
  EXPECT_THAT(WarningsOf(Sent(R"({"impact":"Down since {start}. Next update {next}."})")),
              IsEmpty());
  EXPECT_THAT(WarningsOf(Sent(R"({"downtimePc":"4W-DT, data as of 13:40"})")), IsEmpty());
  EXPECT_EQ(WarningsOf(Sent(R"({"impact":"Down since 13:50."})")).size(), 1u);
  EXPECT_EQ(WarningsOf(Sent(R"({"impact":"Down since 14:07."})")).size(), 1u)
      << "its own start, until that is corrected";
}

TEST(Warnings, OfATextAlone) {
  EXPECT_THAT(WarningsOf("reason", "sent by mistake"), IsEmpty());
  EXPECT_EQ(WarningsOf("reason", "it named 123-45-6789")[0].field(), "reason");
  EXPECT_FALSE(TakesPatientDataReason({}));
}

}  // namespace
}  // namespace wardcast
