#include "agent/desktop/view/arrange.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "agent/desktop/view/sheet.h"

namespace wardcast::agent {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const Moment kBegin = Moment{} + std::chrono::hours(1);

Notice Of(const std::string& id, Severity severity, Presentation presentation) {
  Notice notice;
  notice.alert_id = id;
  notice.round = 1;
  notice.severity = severity;
  notice.presentation = presentation;
  notice.headline = id;
  return notice;
}

Notice Lab() { return Of("lab", Severity::kWarning, Presentation::kDialog); }
Notice Rx() { return Of("rx", Severity::kCaution, Presentation::kToast); }
Notice Fax() { return Of("fax", Severity::kNotice, Presentation::kTicker); }

class ArrangeTest : public ::testing::Test {
 protected:
  Arrangement At(Moment now) { return Arrange(screen_, person_, now); }
  Screen screen_;
  Person person_;
};

TEST_F(ArrangeTest, NothingOpenNothingShown) {
  EXPECT_EQ(At(kBegin).window, WindowKind::kNone);
  EXPECT_THAT(At(kBegin).strip, IsEmpty());
}

TEST_F(ArrangeTest, OneWindowAsLargeAsItsLargestNotice) {
  screen_.notices = {Lab(), Rx(), Fax()};
  const Arrangement arrangement = At(kBegin);
  EXPECT_EQ(arrangement.window, WindowKind::kDialog);
  EXPECT_THAT(arrangement.pages, ElementsAre(0U, 1U));
  EXPECT_THAT(arrangement.strip, ElementsAre(2U));
}

TEST_F(ArrangeTest, ARealNoticeComesBeforeADrillNeverTheOtherWayRound) {
  Notice drill = Of("drill", Severity::kWarning, Presentation::kDialog);
  drill.exercise = true;
  screen_.notices = {drill};
  EXPECT_EQ(At(kBegin).current, 0U);
  screen_.notices = {Lab(), drill};
  EXPECT_EQ(At(kBegin).current, 0U) << "the same severity, but real";
  EXPECT_EQ(person_.reading, "lab");
  drill.alert_id = "graver";
  drill.severity = Severity::kDanger;
  screen_.notices = {drill, Lab()};
  EXPECT_EQ(At(kBegin).current, 1U) << "she stays on what is real";
}

TEST_F(ArrangeTest, TheRealNoticeComesBeforeTheDrillThatItStopped) {
  Notice drill = Of("drill", Severity::kDanger, Presentation::kDialog);
  drill.exercise = true;
  screen_.notices = {drill};
  At(kBegin);
  drill.phase = Phase::kDrillOver;
  screen_.notices = {Lab(), drill};
  EXPECT_EQ(At(kBegin).current, 0U);
}

TEST_F(ArrangeTest, AToastAloneIsAToast) {
  screen_.notices = {Rx()};
  EXPECT_EQ(At(kBegin).window, WindowKind::kToast);
  person_.enlarged = true;
  EXPECT_EQ(At(kBegin).window, WindowKind::kDialog);
}

TEST_F(ArrangeTest, WhatWasSeenIsInTheStrip) {
  screen_.notices = {Lab()};
  screen_.notices[0].seen = true;
  EXPECT_EQ(At(kBegin).window, WindowKind::kNone);
  EXPECT_THAT(At(kBegin).strip, ElementsAre(0U));
}

TEST_F(ArrangeTest, TheStripOpensEverything) {
  screen_.notices = {Lab(), Fax()};
  screen_.notices[0].seen = true;
  person_.opened = true;
  EXPECT_THAT(At(kBegin).pages, ElementsAre(0U, 1U));
  EXPECT_THAT(At(kBegin).strip, IsEmpty());
}

TEST_F(ArrangeTest, LaterBringsItBackAfterFiveMinutesThreeTimes) {
  screen_.notices = {Lab()};
  Moment now = kBegin;
  for (int time = 0; time < 3; ++time) {
    ASSERT_TRUE(person_.later.Press(screen_.notices[0], now));
    const Arrangement arrangement = At(now);
    EXPECT_EQ(arrangement.window, WindowKind::kNone);
    ASSERT_TRUE(arrangement.ask_again.has_value());
    EXPECT_EQ(*arrangement.ask_again, now + std::chrono::minutes(5));
    now = *arrangement.ask_again;
    EXPECT_EQ(At(now).window, WindowKind::kDialog);
  }
  EXPECT_FALSE(person_.later.Press(screen_.notices[0], now));
  EXPECT_EQ(At(now).window, WindowKind::kDialog);
}

TEST_F(ArrangeTest, ANewRoundEndsThePause) {
  screen_.notices = {Lab()};
  person_.later.Press(screen_.notices[0], kBegin);
  EXPECT_EQ(At(kBegin).window, WindowKind::kNone);
  screen_.notices[0].round = 2;
  EXPECT_EQ(At(kBegin).window, WindowKind::kDialog);
  EXPECT_EQ(person_.later.Left(screen_.notices[0]), 3);
}

TEST_F(ArrangeTest, APersonStaysOnThePageThatSheReads) {
  screen_.notices = {Lab(), Rx()};
  At(kBegin);
  person_.reading = "rx";
  screen_.notices.push_back(Of("new", Severity::kNotice, Presentation::kDialog));
  EXPECT_EQ(At(kBegin).current, 1U);
}

TEST_F(ArrangeTest, WhatIsNewAndMoreSevereComesToTheFront) {
  screen_.notices = {Rx()};
  At(kBegin);
  EXPECT_EQ(person_.reading, "rx");
  screen_.notices.insert(screen_.notices.begin(), Lab());
  EXPECT_EQ(At(kBegin).current, 0U);
  EXPECT_EQ(person_.reading, "lab");
}

TEST_F(ArrangeTest, WhenItsPageIsGoneTheFirstOneIsShown) {
  screen_.notices = {Lab(), Rx()};
  person_.reading = "gone";
  EXPECT_EQ(At(kBegin).current, 0U);
}

TEST_F(ArrangeTest, ATakeoverIsADialogForNow) {
  screen_.notices = {Of("all", Severity::kDanger, Presentation::kTakeover)};
  EXPECT_EQ(At(kBegin).window, WindowKind::kDialog);
}

TEST_F(ArrangeTest, TheSheetNamesWhatCountsAsDisplayed) {
  screen_.notices = {Lab(), Rx(), Of("a", Severity::kNotice, Presentation::kDialog),
                     Of("b", Severity::kNotice, Presentation::kDialog)};
  const Arrangement arrangement = At(kBegin);
  const Sheet sheet = SheetFor(screen_, arrangement, Leaf::kNotice, {}, false);
  EXPECT_EQ(sheet.pages, 4U);
  EXPECT_THAT(NamedInWindow(arrangement, sheet), ElementsAre(0U, 1U, 2U));
  // An open side has no room for the others' names.
  const Sheet more = SheetFor(screen_, arrangement, Leaf::kMore, {}, false);
  EXPECT_THAT(NamedInWindow(arrangement, more), ElementsAre(0U));
}

TEST_F(ArrangeTest, TheStripNamesThreeAndCountsTheRest) {
  for (const char* id : {"a", "b", "c", "d", "e"}) {
    screen_.notices.push_back(Of(id, Severity::kNotice, Presentation::kTicker));
  }
  const Strip strip = StripFor(screen_, At(kBegin));
  EXPECT_EQ(strip.items.size(), 3U);
  EXPECT_EQ(strip.more, 2U);
}

TEST_F(ArrangeTest, LostContactAloneMakesAStrip) {
  screen_.contact.message = "No contact since 14:07";
  const Strip strip = StripFor(screen_, At(kBegin));
  EXPECT_FALSE(strip.Empty());
  EXPECT_EQ(strip.contact, "No contact since 14:07");
}

TEST_F(ArrangeTest, WhatIsNotConfirmedSaysSoInTheStrip) {
  screen_.notices = {Fax()};
  screen_.notices[0].unconfirmed = "last confirmed 14:07";
  EXPECT_TRUE(StripFor(screen_, At(kBegin)).items[0].text.ends_with("last confirmed 14:07"));
}

}  // namespace
}  // namespace wardcast::agent
