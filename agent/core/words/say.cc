#include "agent/core/words/say.h"

#include "agent/core/words/table.h"

namespace wardcast::agent {
namespace {

std::string_view TextOf(Language language, Phrase phrase) {
  const auto of = [phrase](const PhraseTable& table) {
    return table[static_cast<std::size_t>(phrase)].text;
  };
  switch (language) {
    case Language::kEnglish:
      return of(EnglishWords());
    case Language::kGerman:
      return of(GermanWords());
    case Language::kSpanish:
      return of(SpanishWords());
    case Language::kFrench:
      return of(FrenchWords());
  }
  return of(EnglishWords());
}

}  // namespace

std::string Say(Language language, Phrase phrase) { return std::string(TextOf(language, phrase)); }

std::string Say(Language language, Phrase phrase, std::initializer_list<Blank> blanks) {
  std::string_view rest = TextOf(language, phrase);
  std::string said;
  while (true) {
    const std::size_t open = rest.find('{');
    const std::size_t close = open == std::string_view::npos ? open : rest.find('}', open);
    if (close == std::string_view::npos) return said.append(rest);
    said.append(rest.substr(0, open));
    const std::string_view name = rest.substr(open + 1, close - open - 1);
    for (const Blank& blank : blanks) {
      if (blank.name == name) said.append(blank.text);
    }
    rest.remove_prefix(close + 1);
  }
}

std::string SayCount(Language language, Phrase one, Phrase many, std::size_t count) {
  const bool singular = count == 1 || (count == 0 && language == Language::kFrench);
  return Say(language, singular ? one : many, {{"count", std::to_string(count)}});
}

std::string SayItem(Language language, Phrase list, std::size_t index) {
  std::string_view rest = TextOf(language, list);
  for (; index > 0; --index) {
    const std::size_t space = rest.find(' ');
    if (space == std::string_view::npos) return {};
    rest.remove_prefix(space + 1);
  }
  return std::string(rest.substr(0, rest.find(' ')));
}

}  // namespace wardcast::agent
