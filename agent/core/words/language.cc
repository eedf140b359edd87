#include "agent/core/words/language.h"

namespace wardcast::agent {
namespace {

bool Is(std::string_view tag, char first, char second) {
  const auto lower = [](char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
  };
  if (tag.size() < 2 || lower(tag[0]) != first || lower(tag[1]) != second) return false;
  return tag.size() == 2 || tag[2] == '-' || tag[2] == '_';
}

}  // namespace

Language LanguageOf(std::string_view tag, Language otherwise) {
  if (Is(tag, 'e', 'n')) return Language::kEnglish;
  if (Is(tag, 'd', 'e')) return Language::kGerman;
  if (Is(tag, 'e', 's')) return Language::kSpanish;
  if (Is(tag, 'f', 'r')) return Language::kFrench;
  return otherwise;
}

}  // namespace wardcast::agent
