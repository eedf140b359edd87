// How long what is written in an answer may be, whoever gives it.
#pragma once

#include <cstddef>

namespace wardcast {

// In bytes: four for each character, so that every script has the same room.
inline constexpr std::size_t kLongestNote = 200 * 4;
inline constexpr std::size_t kLongestInitials = 8 * 4;
inline constexpr std::size_t kLongestPersonRole = 40 * 4;

}  // namespace wardcast
