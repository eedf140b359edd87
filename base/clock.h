// Time is an argument; this is where the argument comes from.
#pragma once

#include <atomic>
#include <chrono>

namespace wardcast {

// UTC with the precision of the wire and of the store.
using TimePoint = std::chrono::sys_time<std::chrono::milliseconds>;

// Threads: any.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual TimePoint Now() const = 0;
};

// The machine's clock.
class SystemClock final : public Clock {
 public:
  TimePoint Now() const override {
    return std::chrono::time_point_cast<std::chrono::milliseconds>(
        std::chrono::system_clock::now());
  }
};

// A clock that a test moves.
class ManualClock final : public Clock {
 public:
  explicit ManualClock(TimePoint start) : millis_(start.time_since_epoch().count()) {}
  TimePoint Now() const override { return TimePoint(std::chrono::milliseconds(millis_.load())); }
  void Advance(std::chrono::milliseconds by) { millis_ += by.count(); }

 private:
  std::atomic<std::int64_t> millis_;
};

}  // namespace wardcast
