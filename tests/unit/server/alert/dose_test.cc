#include "server/alert/dose.h"

#include <gmock/gmock.h>

namespace wardcast {
namespace {

v1::Reach ReachWith(int notices) {
  v1::Reach reach;
  reach.add_wards()->set_ward_id("or");
  v1::WardReach& ward = *reach.add_wards();
  ward.set_ward_id("4w");
  ward.set_notices_7d(notices);
  return reach;
}

v1::Alert Of(v1::Severity::Value severity) {
  v1::Alert alert;
  alert.set_severity(severity);
  return alert;
}

TEST(Dose, IsExceededByTheFourthNotice) {
  EXPECT_FALSE(IsAboveDose(ReachWith(2)));
  EXPECT_TRUE(IsAboveDose(ReachWith(3)));
}

TEST(Dose, LowersTheDefaultByOneButNotOfWhatIsSevere) {
  using v1::Presentation;
  using v1::Severity;
  EXPECT_EQ(DefaultPresentationFor(Severity::MODERATE, false), Presentation::TOAST);
  EXPECT_EQ(DefaultPresentationFor(Severity::MODERATE, true), Presentation::TICKER);
  EXPECT_EQ(DefaultPresentationFor(Severity::MINOR, true), Presentation::TICKER);
  EXPECT_EQ(DefaultPresentationFor(Severity::SEVERE, true), Presentation::DIALOG);
  EXPECT_EQ(DefaultPresentationFor(Severity::EXTREME, true), Presentation::DIALOG);
}

TEST(Dose, WarnsOfWhatCounts) {
  const auto warning = DoseWarning(Of(v1::Severity::MODERATE), ReachWith(5));
  ASSERT_TRUE(warning);
  EXPECT_EQ(warning->kind(), v1::Warning::KIND_DOSE);
  EXPECT_THAT(warning->message(), testing::HasSubstr("1 ward would get more than 3"));
  EXPECT_FALSE(DoseWarning(Of(v1::Severity::MODERATE), ReachWith(2)));
  EXPECT_FALSE(DoseWarning(Of(v1::Severity::SEVERE), ReachWith(9)));
  v1::Alert strip = Of(v1::Severity::MODERATE);
  strip.set_presentation(v1::Presentation::TICKER);
  EXPECT_FALSE(DoseWarning(strip, ReachWith(9)));
}

}  // namespace
}  // namespace wardcast
