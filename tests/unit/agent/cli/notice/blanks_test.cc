// {service}, {start}, {end}, {next}.
#include "agent/cli/notice/blanks.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace wardcast::cli {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

v1::Alert LookingIntoIt() {
  v1::Alert alert;
  alert.set_headline("{service}: there is a problem");
  alert.set_impact("A problem with {service} since {start}. Next update {next}.");
  alert.add_instructions()->set_text("Use the downtime procedure of {service}.");
  alert.add_back_entry("What was written since {start}");
  return alert;
}

TEST(NoticeBlanks, AreFilledInEveryText) {
  v1::Alert alert = LookingIntoIt();
  FillBlanks(alert, {.service = "Inpatient EHR", .start = "14:07", .end = "", .next = "14:37"});
  EXPECT_EQ(alert.headline(), "Inpatient EHR: there is a problem");
  EXPECT_EQ(alert.impact(), "A problem with Inpatient EHR since 14:07. Next update 14:37.");
  EXPECT_EQ(alert.instructions(0).text(), "Use the downtime procedure of Inpatient EHR.");
  EXPECT_EQ(alert.back_entry(0), "What was written since 14:07");
  EXPECT_THAT(OpenBlanks(alert), IsEmpty());
}

TEST(NoticeBlanks, StayWhereNothingFillsThem) {
  v1::Alert alert = LookingIntoIt();
  FillBlanks(alert, {.service = "Inpatient EHR", .start = "14:07", .end = "", .next = ""});
  EXPECT_THAT(OpenBlanks(alert), ElementsAre("{next}"));
}

TEST(NoticeBlanks, OfANameAreNotFilledAgain) {
  v1::Alert alert;
  alert.set_headline("{service} is down");
  FillBlanks(alert, {.service = "The {start} service", .start = "14:07", .end = "", .next = ""});
  EXPECT_EQ(alert.headline(), "The {start} service is down");
}

TEST(NamesTogether, ReadLikeASentence) {
  EXPECT_EQ(Together({}), "");
  EXPECT_EQ(Together({"A"}), "A");
  EXPECT_EQ(Together({"A", "B"}), "A and B");
  EXPECT_EQ(Together({"A", "B", "C"}), "A, B and C");
}

}  // namespace
}  // namespace wardcast::cli
