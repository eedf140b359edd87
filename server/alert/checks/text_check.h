// Whether texts of a publisher keep the limits of the contract, noted as violations.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace wardcast {

// Notes at `path`: not UTF-8, more than one line or a control character, more than `most`
// characters.
void CheckText(const std::string& path, std::string_view text, std::size_t most,
               std::vector<FieldViolation>& violations);

// The same for each item of a list of at most `most_items`, none of them empty; the path of an item
// is "path[3]".
template <class List>
void CheckLines(const std::string& path, const List& lines, std::size_t most_items,
                std::size_t most, std::vector<FieldViolation>& violations) {
  const auto count = static_cast<std::size_t>(lines.size());
  if (count > most_items) {
    violations.push_back({path, "has " + std::to_string(count) + " items, at most " +
                                    std::to_string(most_items) + " fit"});
    return;
  }
  for (std::size_t i = 0; i < count; ++i) {
    const std::string place = path + "[" + std::to_string(i) + "]";
    const std::string& line = lines[static_cast<int>(i)];
    if (line.empty()) violations.push_back({place, "is empty: take it out"});
    CheckText(place, line, most, violations);
  }
}

}  // namespace wardcast
