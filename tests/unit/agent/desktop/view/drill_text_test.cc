#include "agent/desktop/view/drill_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "agent/desktop/view/sheet.h"

namespace wardcast::agent {
namespace {

using ::testing::ElementsAre;
using ::testing::Not;

Notice DrillNotice() {
  Notice notice;
  notice.alert_id = "drill";
  notice.exercise = true;
  notice.presentation = Presentation::kDialog;
  notice.ward_id = "4w";
  notice.ward_name = "4 West";
  notice.headline = "Lab results are not reaching the EHR";
  notice.impact = "Results come by telephone.";
  notice.do_now = {"Call the lab: 4711", "Write on form LAB-7"};
  notice.do_not = {"Re-enter orders"};
  notice.reason = "Practice";
  notice.since = "13:52";
  notice.phone = "5555";
  notice.emergency_phone = "4444";
  return notice;
}

std::vector<std::string> ItemsOf(const std::vector<Line>& lines) {
  std::vector<std::string> items;
  for (const Line& line : lines) items.insert(items.end(), line.items.begin(), line.items.end());
  return items;
}

TEST(DrillText, EveryTextSaysItBeforeAndAfterAndAListOnce) {
  EXPECT_THAT(ItemsOf(LinesFor(DrillNotice())),
              ElementsAre("EXERCISE: Lab results are not reaching the EHR – EXERCISE",
                          "EXERCISE: Results come by telephone. – EXERCISE",
                          "EXERCISE: Call the lab: 4711", "Write on form LAB-7 – EXERCISE",
                          "EXERCISE: Re-enter orders – EXERCISE", "Since 13:52", "Call 5555"));
  EXPECT_THAT(ItemsOf(MoreLinesFor(DrillNotice(), Screen())),
              ::testing::Contains("EXERCISE: Practice – EXERCISE"));
}

TEST(DrillText, TheAllClearOfADrillIsOne) {
  Notice notice = DrillNotice();
  notice.phase = Phase::kAllClear;
  notice.closing = "All clear 15:12";
  EXPECT_THAT(ItemsOf(LinesFor(notice)),
              ::testing::Contains("EXERCISE: All clear 15:12 – EXERCISE"));
}

TEST(DrillText, ARealNoticeNeverSaysIt) {
  Notice notice = DrillNotice();
  notice.exercise = false;
  for (const std::string& item : ItemsOf(LinesFor(notice)))
    EXPECT_THAT(item, Not(::testing::HasSubstr("EXERCISE")));
}

// "The next notice is real" must not itself be called an exercise.
TEST(DrillText, WhatStopsADrillStandsUnmarked) {
  Notice notice = DrillNotice();
  notice.phase = Phase::kDrillOver;
  notice.closing = "EXERCISE STOPPED. The next notice is real.";
  EXPECT_EQ(ItemsOf(LinesFor(notice)).front(), notice.closing);
  EXPECT_EQ(StripLine(notice), notice.closing);
  EXPECT_EQ(WholeWord(BandFor(notice)), "EXERCISE · OVER");
}

TEST(DrillText, EveryWindowOfADrillHasTheButtonForARealProblem) {
  for (const Phase phase :
       {Phase::kOpen, Phase::kRecovering, Phase::kAllClear, Phase::kRecalled, Phase::kDrillOver}) {
    Notice notice = DrillNotice();
    notice.phase = phase;
    const auto has = [&] {
      return std::ranges::any_of(ButtonsFor(notice, {}), [](const Button& button) {
        return button.action == Action::kRealProblem;
      });
    };
    EXPECT_TRUE(has());
    notice.exercise = false;
    EXPECT_FALSE(has());
  }
}

TEST(DrillText, TheButtonAnswersForTheWard) {
  PresenterEvents::Answer answer;
  ASSERT_TRUE(FillAnswer(Action::kRealProblem, DrillNotice(), answer));
  EXPECT_EQ(answer.response, Response::kRealProblem);
  EXPECT_EQ(answer.help, HelpKind::kNone);
  EXPECT_EQ(answer.ward_id, "4w");
}

TEST(DrillText, AfterTheButtonStandWhomToCall) {
  Notice notice = DrillNotice();
  notice.phone_fallback = "runner to room 12";
  EXPECT_THAT(ItemsOf(NumberLinesFor(notice, Screen())),
              ElementsAre("Real problem in 4 West: call now", "5555", "runner to room 12",
                          "Patient emergency: call 4444"));
  notice.phone.clear();
  notice.phone_fallback.clear();
  notice.emergency_phone.clear();
  EXPECT_THAT(ItemsOf(NumberLinesFor(notice, Screen())),
              ElementsAre("Real problem in 4 West: call now",
                          "Patient emergency: use the emergency number"));
}

TEST(DrillText, ATabSaysItOnBothSides) {
  Screen screen;
  screen.notices = {DrillNotice(), DrillNotice()};
  screen.notices[1].alert_id = "second";
  Arrangement arrangement;
  arrangement.window = WindowKind::kDialog;
  arrangement.pages = {0, 1};
  const Sheet sheet = SheetFor(screen, arrangement, Leaf::kNotice, {}, false);
  ASSERT_EQ(sheet.tabs.size(), 1U);
  EXPECT_EQ(sheet.tabs[0].text,
            "EXERCISE · CAUTION · Lab results are not reaching the EHR – EXERCISE");
}

}  // namespace
}  // namespace wardcast::agent
