#include "agent/core/words/say.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "agent/core/words/table.h"

namespace wardcast::agent {
namespace {

std::multiset<std::string> BlanksIn(std::string_view text) {
  std::multiset<std::string> blanks;
  for (std::size_t open = text.find('{'); open != std::string_view::npos;
       open = text.find('{', open + 1)) {
    blanks.emplace(text.substr(open, text.find('}', open) - open + 1));
  }
  return blanks;
}

TEST(Words, EveryPhraseHasTheSameBlanksInEveryLanguage) {
  for (std::size_t index = 0; index < EnglishWords().size(); ++index) {
    const auto phrase = static_cast<Phrase>(index);
    const std::string english = Say(Language::kEnglish, phrase);
    for (const Language language : kLanguages) {
      const std::string text = Say(language, phrase);
      EXPECT_FALSE(text.empty()) << english;
      EXPECT_EQ(BlanksIn(text), BlanksIn(english)) << text;
      EXPECT_EQ(std::ranges::count(text, '{'), std::ranges::count(text, '}')) << text;
    }
  }
}

TEST(Words, AreOfTheirLanguage) {
  for (const auto* table : {&GermanWords(), &SpanishWords(), &FrenchWords()}) {
    std::size_t same = 0;
    for (std::size_t index = 0; index < table->size(); ++index) {
      same += (*table)[index].text == EnglishWords()[index].text ? 1 : 0;
    }
    EXPECT_LT(same, 15u) << "units and words of both languages, not texts that nobody translated";
  }
}

TEST(Words, SevenWeekdaysAndTwelveMonths) {
  for (const Language language : kLanguages) {
    EXPECT_NE(SayItem(language, Phrase::kWeekdays, 6), "");
    EXPECT_EQ(SayItem(language, Phrase::kWeekdays, 7), "");
    EXPECT_NE(SayItem(language, Phrase::kMonths, 11), "");
    EXPECT_EQ(SayItem(language, Phrase::kMonths, 12), "");
  }
  EXPECT_EQ(SayItem(Language::kGerman, Phrase::kMonths, 2), "März");
}

TEST(Say, FillsBlanksWithTextAsItIs) {
  EXPECT_EQ(Say(Language::kGerman, Phrase::kSince, {{"time", "Mo 13:52"}}), "Seit Mo 13:52");
  EXPECT_EQ(Say(Language::kEnglish, Phrase::kChanged, {{"time", "14:20"}, {"what", "{time} %s"}}),
            "Changed 14:20: {time} %s")
      << "what people wrote has no blanks";
  EXPECT_EQ(Say(Language::kEnglish, Phrase::kSince, {}), "Since ");
}

TEST(Say, CountsAsTheLanguageDoes) {
  const auto open = [](Language language, std::size_t count) {
    return SayCount(language, Phrase::kOpenNoticesOne, Phrase::kOpenNoticesMany, count);
  };
  EXPECT_EQ(open(Language::kEnglish, 1), "1 open notice");
  EXPECT_EQ(open(Language::kEnglish, 0), "0 open notices");
  EXPECT_EQ(open(Language::kGerman, 3), "3 offene Meldungen");
  EXPECT_EQ(open(Language::kSpanish, 1), "1 aviso abierto");
  EXPECT_EQ(open(Language::kFrench, 0), "0 avis ouvert");
  EXPECT_EQ(open(Language::kFrench, 2), "2 avis ouverts");
}

TEST(LanguageOf, TakesTagsAsTheDirectoryHasThem) {
  EXPECT_EQ(LanguageOf("de"), Language::kGerman);
  EXPECT_EQ(LanguageOf("DE-ch"), Language::kGerman);
  EXPECT_EQ(LanguageOf("fr_CA"), Language::kFrench);
  EXPECT_EQ(LanguageOf("es", Language::kGerman), Language::kSpanish);
  EXPECT_EQ(LanguageOf(""), Language::kEnglish);
  EXPECT_EQ(LanguageOf("", Language::kSpanish), Language::kSpanish);
  EXPECT_EQ(LanguageOf("est", Language::kFrench), Language::kFrench) << "Estonian is not Spanish";
  EXPECT_EQ(LanguageOf("it"), Language::kEnglish);
}

}  // namespace
}  // namespace wardcast::agent
