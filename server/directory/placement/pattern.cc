#include "server/directory/placement/pattern.h"

#include <algorithm>

#include "base/endpoint_id.h"

namespace wardcast {

std::string PatternFrom(std::string_view written) {
  std::string pattern(written);
  for (char& c : pattern) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return pattern;
}

std::string PatternFault(std::string_view pattern) {
  if (pattern.empty()) return "is empty";
  const bool plain = std::ranges::all_of(
      pattern, [](char c) { return c == '*' || c == '?' || IsEndpointId({&c, 1}); });
  if (plain && pattern.size() <= kLongestId) return {};
  return "is no pattern: use 1 to 80 of a-z, 0-9, dot, _, -, * (any characters) and ? (one)";
}

// Each star takes as little as it can. If the rest does not fit, only the last star takes one more:
// what is before it fits whatever the earlier ones would take.
bool FitsPattern(std::string_view id, std::string_view pattern) {
  std::size_t at = 0;
  std::size_t wanted = 0;
  std::size_t star = std::string_view::npos;
  std::size_t taken = 0;  // where what the last star took ends
  while (at < id.size()) {
    if (wanted < pattern.size() && pattern[wanted] == '*') {
      star = wanted++;
      taken = at;
    } else if (wanted < pattern.size() && (pattern[wanted] == '?' || pattern[wanted] == id[at])) {
      ++wanted;
      ++at;
    } else if (star != std::string_view::npos) {
      wanted = star + 1;
      at = ++taken;
    } else {
      return false;
    }
  }
  while (wanted < pattern.size() && pattern[wanted] == '*') ++wanted;
  return wanted == pattern.size();
}

}  // namespace wardcast
