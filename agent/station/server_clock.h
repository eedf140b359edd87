// The broker's time at this endpoint: the last `server_time` plus what elapsed since, so that a PC
// with a wrong clock shows right times. Before the first contact: the PC's own clock.
#pragma once

#include "agent/core/moment.h"

namespace wardcast::agent {

// Threads: one at a time.
class ServerClock {
 public:
  ServerClock();
  Moment Now() const;
  // At `now` the broker's time was `server_time`.
  void Correct(TimePoint server_time, Elapsed now);

  // Monotonic, also counting while the machine sleeps.
  static Elapsed Monotonic();

 private:
  Elapsed base_elapsed_;
  TimePoint base_time_;
};

}  // namespace wardcast::agent
