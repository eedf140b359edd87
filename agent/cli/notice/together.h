// Names in a sentence.
#pragma once

#include <string>
#include <vector>

namespace wardcast::cli {

// "a", "a and b", "a, b and c".
std::string Together(const std::vector<std::string>& names);

}  // namespace wardcast::cli
