#include "server/alert/checks/blanks.h"

#include <algorithm>

namespace wardcast {

std::optional<Blank> LeadingBlank(std::string_view text) {
  if (!text.starts_with('{')) return std::nullopt;
  const auto found = std::ranges::find_if(
      kBlankWords, [text](std::string_view word) { return text.starts_with(word); });
  if (found == kBlankWords.end()) return std::nullopt;
  return static_cast<Blank>(found - kBlankWords.begin());
}

bool HasBlank(std::string_view text) {
  return std::ranges::any_of(
      kBlankWords, [text](std::string_view word) { return text.find(word) != text.npos; });
}

std::string ShortestFilled(std::string_view text) {
  std::string shortest;
  while (!text.empty()) {
    const auto blank = LeadingBlank(text);
    shortest += blank ? '-' : text.front();
    text.remove_prefix(blank ? kBlankWords[static_cast<std::size_t>(*blank)].size() : 1);
  }
  return shortest;
}

}  // namespace wardcast
