// The words of one language as a table. That each phrase is there, once and not empty, is looked
// at when it is compiled; that its blanks are those of the English one, by a test.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

#include "agent/core/words/phrase.h"

namespace wardcast::agent {

struct PhraseText {
  Phrase phrase = Phrase::kCount;
  std::string_view text;
};

// In the order of `Phrase`.
using PhraseTable = std::array<PhraseText, static_cast<std::size_t>(Phrase::kCount)>;

constexpr bool Complete(const PhraseTable& table) {
  for (std::size_t index = 0; index < table.size(); ++index) {
    if (table[index].phrase != static_cast<Phrase>(index) || table[index].text.empty())
      return false;
  }
  return true;
}

const PhraseTable& EnglishWords();
const PhraseTable& GermanWords();
const PhraseTable& SpanishWords();
const PhraseTable& FrenchWords();

}  // namespace wardcast::agent
