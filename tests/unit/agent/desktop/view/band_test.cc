#include "agent/desktop/view/band.h"

#include <gtest/gtest.h>

#include <set>

namespace wardcast::agent {
namespace {

std::vector<Notice> OneOfEach() {
  std::vector<Notice> notices;
  for (const Severity severity :
       {Severity::kNotice, Severity::kCaution, Severity::kWarning, Severity::kDanger}) {
    Notice notice;
    notice.severity = severity;
    notices.push_back(notice);
  }
  for (const Phase phase : {Phase::kAllClear, Phase::kRecalled}) {
    Notice notice;
    notice.phase = phase;
    notices.push_back(notice);
  }
  return notices;
}

TEST(Band, TextCanBeReadOnEveryColour) {
  for (const Notice& notice : OneOfEach()) {
    const Band band = BandFor(notice);
    EXPECT_GE(Contrast(band.text, band.background), 4.5) << band.word;
  }
}

TEST(Band, ShapeAndWordTellApartWhatColourTellsApart) {
  std::set<Shape> shapes;
  std::set<std::string> words;
  for (const Notice& notice : OneOfEach()) {
    shapes.insert(BandFor(notice).shape);
    words.insert(BandFor(notice).word);
  }
  EXPECT_EQ(shapes.size(), 6U);
  EXPECT_EQ(words.size(), 6U);
}

TEST(Band, AnAllClearIsNeverDressedAsAWarning) {
  Notice notice;
  notice.severity = Severity::kDanger;
  notice.phase = Phase::kAllClear;
  EXPECT_EQ(BandFor(notice).word, "ALL CLEAR");
}

TEST(Band, WhileVerifyingItKeepsItsSeverity) {
  Notice notice;
  notice.severity = Severity::kWarning;
  notice.phase = Phase::kRecovering;
  EXPECT_EQ(BandFor(notice).word, "WARNING");
}

TEST(Band, EveryLanguageHasItsOwnWords) {
  for (const Language language : kLanguages) {
    std::set<std::string> words;
    for (Notice notice : OneOfEach()) {
      notice.language = language;
      notice.exercise = true;
      words.insert(WholeWord(BandFor(notice)));
    }
    EXPECT_EQ(words.size(), 6U);
  }
}

TEST(Contrast, OfBlackAndWhiteIs21) {
  EXPECT_NEAR(Contrast({0, 0, 0}, {255, 255, 255}), 21.0, 0.01);
  EXPECT_NEAR(Contrast({255, 255, 255}, {255, 255, 255}), 1.0, 0.01);
}

}  // namespace
}  // namespace wardcast::agent
