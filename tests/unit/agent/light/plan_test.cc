#include "agent/light/plan.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "agent/light/csv.h"

namespace wardcast::light {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::SizeIs;

constexpr const char* kEndpoints =
    "id,name,ward,class,tags\r\n"
    "4w-pc-01,\"4 West, PC 1\",4w,,\r\n"
    "4w-pc-02,4 West PC 2,4w,,roaming\r\n"
    "4w-pc-03,4 West PC 3,4w,,\r\n"
    "4w-board-01,Board,4w,BOARD,\r\n"
    "or-pc-01,OR 1,or,CLINICAL,\r\n"
    "spare,Spare,,,\r\n";

TEST(Csv, QuotesCommasAndLineBreaksInCells) {
  const auto rows = ReadCsv("a,b\n\"x,\"\"y\"\"\nz\",2\n\n3\n", "t.csv").value();
  ASSERT_THAT(rows, SizeIs(2));
  EXPECT_EQ(rows[0].at("a"), "x,\"y\"\nz");
  EXPECT_EQ(rows[1].at("a"), "3");
  EXPECT_FALSE(rows[1].contains("b"));
}

TEST(Csv, SaysWhereItIsWrong) {
  EXPECT_THAT(ReadCsv("a\n\"open\n", "t.csv").error().message, HasSubstr("t.csv:2: a quote"));
  EXPECT_THAT(ReadCsv("a\n1,2\n", "t.csv").error().message, HasSubstr("t.csv:2: 2 cells for 1"));
  EXPECT_THAT(ReadCsv("", "t.csv").error().message, HasSubstr("no header"));
}

TEST(Plan, OneOfAWardAnswersEverySecondSeesSomeAreOffABoardNeverReports) {
  const auto plans =
      PlanFromCsv(kEndpoints,
                  "ward,endpoints_off,displayed_after_s,seen_after_s,answer_after_s,response,help\n"
                  "4w,1,0.5,6,12,NEED_HELP,DOWNTIME_PC\n",
                  {"4w-pc-01"})
          .value();
  std::map<std::string, EndpointPlan> by_id;
  for (const EndpointPlan& plan : plans) by_id[plan.id] = plan;
  ASSERT_THAT(by_id, SizeIs(4))
      << "the last of the ward is off, 4w-pc-01 is played by somebody else";
  const EndpointPlan& second = by_id.at("4w-pc-02");
  EXPECT_EQ(second.behaviour.displayed_after, 500ms);
  EXPECT_EQ(second.behaviour.answer_after, 12s);
  EXPECT_EQ(second.behaviour.response, v1::Response::NEED_HELP);
  EXPECT_EQ(second.behaviour.help, v1::HelpKind::DOWNTIME_PC);
  EXPECT_EQ(second.behaviour.seen_after, 6s);
  EXPECT_FALSE(by_id.at("4w-pc-03").behaviour.seen_after);
  EXPECT_FALSE(by_id.at("4w-pc-03").behaviour.answer_after);
  EXPECT_FALSE(by_id.at("or-pc-01").behaviour.displayed_after)
      << "a ward without a line only receives";
  EXPECT_TRUE(by_id.contains("spare"));
}

TEST(Plan, ALockedWardDisplaysNothing) {
  const auto plans = PlanFromCsv("id,ward\nx,4w\n", "ward,displayed_after_s\n4w,\n", {}).value();
  EXPECT_FALSE(plans[0].behaviour.displayed_after);
}

TEST(Plan, AWardSaysWhetherItsScreensAreLocked) {
  const auto plans = PlanFromCsv("id,ward\nx,4w\ny,icu\n", "ward,screen\n4w,LOCKED\nicu,\n", {});
  ASSERT_TRUE(plans) << plans.error().message;
  for (const EndpointPlan& plan : *plans) {
    EXPECT_EQ(plan.behaviour.screen,
              plan.ward_id == "4w" ? v1::ScreenState::LOCKED : v1::ScreenState::UNSPECIFIED);
  }
  EXPECT_THAT(PlanFromCsv("id,ward\nx,4w\n", "ward,screen\n4w,DARK\n", {}).error().message,
              HasSubstr("ward 4w: screen must be UNLOCKED, LOCKED, NOBODY or empty"));
}

TEST(Plan, AWardCanReportARealProblemInADrill) {
  const auto plans =
      PlanFromCsv("id,ward\n4w-pc-01,4w\n", "ward,answer_after_s,response\n4w,1,REAL_PROBLEM\n", {})
          .value();
  EXPECT_EQ(plans[0].behaviour.response, v1::Response::REAL_PROBLEM);
  EXPECT_TRUE(plans[0].behaviour.answer_after);
}

TEST(Plan, SaysWhatIsWrong) {
  EXPECT_THAT(PlanFromCsv("id,ward\nx,4w\n", "ward,seen_after_s\n4w,soon\n", {}).error().message,
              HasSubstr("ward 4w: seen_after_s must be seconds"));
  EXPECT_THAT(PlanFromCsv("id,ward\nx,4w\n", "ward,response\n4w,MAYBE\n", {}).error().message,
              HasSubstr("PROCEDURE_STARTED"));
}

TEST(Plan, ACountDisplaysAtOnceAndPressesNothing) {
  const auto plans = PlanOfCount(3, "load-", {"load-2"});
  ASSERT_THAT(plans, SizeIs(2));
  EXPECT_EQ(plans[1].id, "load-3");
  EXPECT_EQ(plans[1].behaviour.displayed_after, 0ms);
  EXPECT_FALSE(plans[1].behaviour.answer_after);
}

}  // namespace
}  // namespace wardcast::light
