// Ids as endpoints say them: their own, and those of alerts and logs.
#pragma once

#include <algorithm>
#include <string_view>

namespace wardcast {

inline constexpr std::size_t kLongestId = 80;

// 1 … 80 of a-z 0-9 . _ -: fit for every store, file name and log line.
inline bool IsEndpointId(std::string_view id) {
  return !id.empty() && id.size() <= kLongestId && std::ranges::all_of(id, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
  });
}

}  // namespace wardcast
