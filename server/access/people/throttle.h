// How long somebody must wait before the next attempt: a delay that grows with each failure, per
// account and per address. Pure; time is an argument.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/clock.h"

namespace wardcast {

struct ThrottleConfig {
  // Failures that cost nothing: people mistype.
  int free = 3;
  // After that 1, 2, 4, … s, up to this. Nobody is locked out for good: that would hand everybody
  // the means to lock the service desk out.
  std::chrono::milliseconds first{1'000};
  std::chrono::milliseconds longest{60'000};
  // Without a failure for so long, all is forgotten.
  std::chrono::minutes forget{30};
  // Keys that are remembered; of more the oldest go.
  std::size_t capacity = 20'000;
};

// Threads: one at a time.
class Throttle {
 public:
  explicit Throttle(ThrottleConfig config) : config_(config) {}

  // Zero: go on.
  std::chrono::milliseconds WaitFor(const std::string& key, TimePoint now) const;
  // An attempt begins: counted as a failure at once, so that many at the same time are as slow as
  // one after the other.
  void Begin(const std::string& key, TimePoint now);
  void Succeeded(const std::string& key) { entries_.erase(key); }
  // An attempt that was begun and that nobody could decide: as if it had not been.
  void TakeBack(const std::string& key);
  std::size_t size() const { return entries_.size(); }

 private:
  struct Entry {
    int failures = 0;
    TimePoint last{};
  };
  std::chrono::milliseconds DelayOf(const Entry& entry) const;
  void MakeRoom(TimePoint now);

  const ThrottleConfig config_;
  std::unordered_map<std::string, Entry> entries_;
};

}  // namespace wardcast
