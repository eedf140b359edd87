// Slows down who tries enrolment tokens: after 20 wrong ones from an address it waits 1, 2, 4, … s,
// up to a minute, before the next is looked at. A token that fits costs nothing, so a fleet behind
// one address enrols at full speed.
#pragma once

#include <string>

#include "base/clock.h"
#include "base/mutex.h"
#include "base/result.h"
#include "server/access/people/throttle.h"

namespace wardcast {

// Threads: any.
class TokenBrake {
 public:
  // `clock` must outlive it.
  explicit TokenBrake(const Clock& clock, ThrottleConfig config = {.free = 20})
      : clock_(clock), throttle_(config) {}

  // Calls `enrol` (a Result) for somebody at `address`, which is without the port. Without calling
  // it kResourceExhausted, with when to come again: too many of its tokens were wrong.
  template <class Enrol>
  auto Try(const std::string& address, Enrol&& enrol) -> decltype(enrol()) {
    if (auto free = Begin(address); !free) return std::unexpected(free.error());
    auto outcome = enrol();
    if (outcome || outcome.error().code != Code::kUnauthenticated) TakeBack(address);
    return outcome;
  }

 private:
  Result<void> Begin(const std::string& address);
  void TakeBack(const std::string& address);

  const Clock& clock_;
  Mutex mu_;
  Throttle throttle_ GUARDED_BY(mu_);
};

}  // namespace wardcast
