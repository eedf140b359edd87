// The languages of the product's own words on ward screens. Texts of alerts are never translated.
#pragma once

#include <string_view>

namespace wardcast::agent {

enum class Language { kEnglish, kGerman, kSpanish, kFrench };

inline constexpr Language kLanguages[] = {Language::kEnglish, Language::kGerman, Language::kSpanish,
                                          Language::kFrench};

// The language of a tag as the directory and alerts have it: "de", also "de-CH" or "DE".
// `otherwise`: the tag is empty or of a language that there are no words in.
Language LanguageOf(std::string_view tag, Language otherwise = Language::kEnglish);

}  // namespace wardcast::agent
