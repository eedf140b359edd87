// What must hold for every input.
#pragma once

#include <cstdio>
#include <cstdlib>

namespace wardcast {

inline void Require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "does not hold: %s\n", what);
  std::abort();
}

}  // namespace wardcast
