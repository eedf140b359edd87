// The languages of the product's own words. What a publisher wrote is never translated.
#pragma once

#include <optional>
#include <string_view>

namespace wardcast {

enum class Language { kEnglish, kGerman, kSpanish, kFrench };

// "en", "de", "es", "fr"; nullopt: none of ours.
inline std::optional<Language> LanguageFrom(std::string_view code) {
  if (code == "en") return Language::kEnglish;
  if (code == "de") return Language::kGerman;
  if (code == "es") return Language::kSpanish;
  if (code == "fr") return Language::kFrench;
  return std::nullopt;
}

}  // namespace wardcast
