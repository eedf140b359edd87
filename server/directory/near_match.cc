#include "server/directory/near_match.h"

#include <algorithm>
#include <cctype>
#include <numeric>
#include <vector>

namespace wardcast {
namespace {

constexpr std::size_t kLongest = 64;

std::string Lower(std::string_view text) {
  std::string lower(text);
  std::ranges::transform(lower, lower.begin(), [](unsigned char c) { return std::tolower(c); });
  return lower;
}

// Levenshtein's distance by rows.
std::size_t Distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), 0u);
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i + 1;
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t above = row[j + 1];
      row[j + 1] = a[i] == b[j] ? diagonal : std::min({diagonal, above, row[j]}) + 1;
      diagonal = above;
    }
  }
  return row.back();
}

}  // namespace

std::string_view NearMatch(std::string_view wanted, std::span<const std::string_view> candidates) {
  if (wanted.empty() || wanted.size() > kLongest) return {};
  const std::string lower = Lower(wanted);
  std::size_t best = lower.size() <= 3 ? 2 : 3;
  std::string_view near;
  for (const std::string_view candidate : candidates) {
    const std::size_t longer = std::max(candidate.size(), lower.size());
    if (longer - std::min(candidate.size(), lower.size()) >= best) continue;
    const std::size_t distance = Distance(lower, Lower(candidate));
    // What shares less than half is no near match.
    if (distance < best && distance * 2 <= longer) {
      best = distance;
      near = candidate;
    }
  }
  return near;
}

std::string Suggestion(std::string_view near) {
  return near.empty() ? std::string() : ", did you mean \"" + std::string(near) + "\"?";
}

}  // namespace wardcast
