#include "agent/desktop/view/lines.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace wardcast::agent {
namespace {

Notice Outage() {
  Notice notice;
  notice.kind = "System outage";
  notice.headline = "Lab results are not reaching the EHR";
  notice.services = {"Orders and results (lab)"};
  notice.still_works = {"ordering", "phones"};
  notice.do_now = {"Call the lab: 4711", "Write on form LAB-7"};
  notice.do_not = {"Re-enter orders", "reboot"};
  notice.since = "13:52";
  notice.next_update = "14:30";
  notice.expected_back = "unknown";
  return notice;
}

std::vector<std::string> Texts(const std::vector<Line>& lines) {
  std::vector<std::string> texts;
  for (const Line& line : lines) {
    for (const std::string& item : line.items) {
      texts.push_back(line.label.empty() ? item : line.label + ": " + item);
    }
  }
  return texts;
}

bool Has(const std::vector<Line>& lines, const std::string& text) {
  return std::ranges::count(Texts(lines), text) == 1;
}

TEST(Lines, StandInTheOrderOfTheDesign) {
  EXPECT_EQ(
      Texts(LinesFor(Outage())),
      (std::vector<std::string>{"Lab results are not reaching the EHR",
                                "Still working: ordering, phones", "Do now: Call the lab: 4711",
                                "Do now: Write on form LAB-7", "Do not: Re-enter orders · reboot",
                                "Since 13:52 · next update 14:30 · expected back: unknown"}));
}

TEST(Lines, AreReadHeadlineFirstThenWhatToDo) {
  std::vector<Line> lines = LinesFor(Outage());
  std::ranges::stable_sort(lines, {}, &Line::reading_rank);
  const auto texts = Texts(lines);
  EXPECT_EQ(texts[0], "Lab results are not reaching the EHR");
  EXPECT_EQ(texts[1], "Do now: Call the lab: 4711");
  EXPECT_EQ(texts[3], "Do not: Re-enter orders · reboot");
  EXPECT_EQ(texts[4], "Since 13:52 · next update 14:30 · expected back: unknown");
}

TEST(Lines, LeaveOutWhatIsEmpty) {
  Notice notice;
  notice.headline = "Something";
  EXPECT_EQ(LinesFor(notice).size(), 1U);
}

TEST(Lines, WithoutAHeadlineNameTheServices) {
  Notice notice = Outage();
  notice.headline.clear();
  EXPECT_TRUE(Has(LinesFor(notice), "Orders and results (lab)"));
}

TEST(Lines, OfAnExerciseSayItBeforeAndAfter) {
  Notice notice = Outage();
  notice.exercise = true;
  EXPECT_TRUE(Has(LinesFor(notice), "EXERCISE: Lab results are not reaching the EHR – EXERCISE"));
  EXPECT_TRUE(StripLine(notice).starts_with("EXERCISE: "));
  EXPECT_TRUE(StripLine(notice).ends_with(" – EXERCISE"));
}

TEST(Lines, WhileVerifyingSayToStayOnPaper) {
  Notice notice = Outage();
  notice.phase = Phase::kRecovering;
  EXPECT_TRUE(Has(LinesFor(notice), "Restored, verifying. Stay on paper until the all clear."));
}

TEST(Lines, OfAnAllClearAreTheClosingAndTheBackEntry) {
  Notice notice = Outage();
  notice.phase = Phase::kAllClear;
  notice.closing = "All clear 15:12";
  notice.afterwards = {"Enter the results"};
  const auto lines = LinesFor(notice);
  EXPECT_TRUE(Has(lines, "All clear 15:12"));
  EXPECT_TRUE(Has(lines, "Back-entry: Enter the results"));
  EXPECT_FALSE(Has(lines, "Do now: Call the lab: 4711"));
}

TEST(Lines, OfARecallDoNotTellAnybodyToDoAnything) {
  Notice notice = Outage();
  notice.phase = Phase::kRecalled;
  const auto lines = LinesFor(notice);
  EXPECT_TRUE(Has(lines, "This notice was sent by mistake. No action needed."));
  EXPECT_FALSE(Has(lines, "Do now: Call the lab: 4711"));
}

TEST(Limited, CutsByCodePointsAndKeepsThemWhole) {
  std::string text;
  for (std::size_t count = 0; count < kLongestText + 5; ++count) text += "验";
  const std::string limited = Limited(text);
  EXPECT_EQ(limited.size(), 3 * kLongestText + 3);
  EXPECT_TRUE(limited.ends_with("验…"));
}

TEST(Limited, TurnsLineBreaksIntoSpaces) { EXPECT_EQ(Limited("a\nb\tc\x7f"), "a b c "); }

TEST(Lines, HaveAtMostSoManyItems) {
  Notice notice = Outage();
  notice.do_now.assign(kMostItems + 10, "Do this");
  for (const Line& line : LinesFor(notice)) EXPECT_LE(line.items.size(), kMostItems + 1);
}

TEST(Status, ARefusalOutranksEverything) {
  Notice notice = Outage();
  notice.sending = true;
  notice.refused = "the notice has ended";
  EXPECT_EQ(StatusFor(notice, true).text, "Not accepted: the notice has ended");
  EXPECT_EQ(StatusFor(notice, true).kind, StatusLine::Kind::kRefused);
}

TEST(Status, IsSendingUntilTheBrokerHasConfirmed) {
  Notice notice = Outage();
  EXPECT_EQ(StatusFor(notice, false).kind, StatusLine::Kind::kNothing);
  EXPECT_EQ(StatusFor(notice, true).text, "sending…");
  notice.sending = true;
  EXPECT_EQ(StatusFor(notice, false).text, "sending…");
  notice.sending = false;
  notice.ward_answer = "4 West: procedure started";
  EXPECT_EQ(StatusFor(notice, false).text, "4 West: procedure started");
}

TEST(StripLine, SaysServiceSinceAndNextUpdate) {
  EXPECT_EQ(StripLine(Outage()), "Orders and results (lab) · since 13:52 · next update 14:30");
}

TEST(StripLine, OfPlannedWorkSaysWhereItStands) {
  Notice notice = Outage();
  notice.since.clear();
  notice.standing = "Planned 02:00, not confirmed";
  EXPECT_EQ(StripLine(notice),
            "Orders and results (lab) · Planned 02:00, not confirmed · next update 14:30");
  EXPECT_TRUE(Has(LinesFor(notice), "Planned 02:00, not confirmed"));
}

TEST(StripLine, NamesWhatIsStillDown) {
  Notice notice = Outage();
  notice.services = {"Orders and results (lab)", "Imaging"};
  notice.cleared = "Works again since 03:10: Orders and results (lab). Still down: Imaging.";
  notice.down = {"Imaging"};
  EXPECT_EQ(StripLine(notice), "Imaging · since 13:52 · next update 14:30");
  EXPECT_TRUE(Has(LinesFor(notice), notice.cleared));
}

TEST(Lines, SpeakTheNoticesLanguage) {
  Notice notice = Outage();
  notice.language = Language::kGerman;
  notice.exercise = true;
  EXPECT_TRUE(StripLine(notice).starts_with("ÜBUNG: "));
  EXPECT_TRUE(
      Has(LinesFor(notice), "Seit 13:52 · nächste Information 14:30 · wieder verfügbar: unknown"));
  EXPECT_TRUE(Has(LinesFor(notice), "Nicht tun: ÜBUNG: Re-enter orders · reboot – ÜBUNG"));
}

}  // namespace
}  // namespace wardcast::agent
