// A moment as the rules see it: one clock that never jumps, and the broker's time for everything
// that people read.
#pragma once

#include <chrono>

#include "base/clock.h"

namespace wardcast::agent {

// Since some fixed point before the process started; also counts while the machine sleeps.
using Elapsed = std::chrono::milliseconds;

struct Moment {
  Elapsed elapsed{0};
  TimePoint time;  // the broker's time as far as known: last `server_time` plus what elapsed since
};

}  // namespace wardcast::agent
