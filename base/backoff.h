// When to try again: full jitter (uniform between 0 and a bound that doubles), so that 10,000 PCs
// that lost their broker in the same moment do not come back in the same moment.
#pragma once

#include <algorithm>
#include <chrono>
#include <random>

namespace wardcast {

// Threads: one at a time.
class Backoff {
 public:
  // First and largest bound.
  struct Bounds {
    std::chrono::milliseconds base{500};
    std::chrono::milliseconds cap{30'000};
  };

  explicit Backoff(std::uint64_t seed) : Backoff(seed, Bounds{}) {}
  Backoff(std::uint64_t seed, Bounds bounds)
      : bounds_(bounds), bound_(bounds.base), random_(seed) {}

  // The next wait.
  std::chrono::milliseconds Next() {
    std::uniform_int_distribution<std::int64_t> uniform(0, bound_.count());
    const std::chrono::milliseconds wait(uniform(random_));
    bound_ = std::min(bounds_.cap, bound_ * 2);
    return wait;
  }
  // After a success.
  void Reset() { bound_ = bounds_.base; }

 private:
  const Bounds bounds_;
  std::chrono::milliseconds bound_;
  std::mt19937_64 random_;
};

}  // namespace wardcast
