// Divides a row's room between texts. Pure. Unit: pixels.
#pragma once

#include <algorithm>
#include <numeric>
#include <vector>

namespace wardcast::agent {

// What each gets of `room`: what it wants while that fits; else the widest give way first, so that
// short ones stay whole. Nobody gets less than `least`.
inline std::vector<int> ShareWidth(std::vector<int> wanted, int room, int least) {
  int total = std::accumulate(wanted.begin(), wanted.end(), 0);
  while (total > room && !wanted.empty()) {
    const auto widest = std::ranges::max_element(wanted);
    if (*widest <= least) break;
    --*widest;
    --total;
  }
  return wanted;
}

}  // namespace wardcast::agent
