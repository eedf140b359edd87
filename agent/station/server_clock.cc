#include "agent/station/server_clock.h"

#include <ctime>

namespace wardcast::agent {

ServerClock::ServerClock() : base_elapsed_(Monotonic()), base_time_(SystemClock().Now()) {}

Moment ServerClock::Now() const {
  const Elapsed elapsed = Monotonic();
  return {elapsed, base_time_ + (elapsed - base_elapsed_)};
}

void ServerClock::Correct(TimePoint server_time, Elapsed now) {
  base_elapsed_ = now;
  base_time_ = server_time;
}

Elapsed ServerClock::Monotonic() {
  timespec now{};
  clock_gettime(CLOCK_BOOTTIME, &now);
  return std::chrono::duration_cast<Elapsed>(std::chrono::seconds(now.tv_sec) +
                                             std::chrono::nanoseconds(now.tv_nsec));
}

}  // namespace wardcast::agent
