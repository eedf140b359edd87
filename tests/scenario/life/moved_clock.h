// One clock for all programs that a test starts; the machine's own is left alone (libfaketime).
// Time goes on by itself, and jumps where the test says.
#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include "base/clock.h"

namespace wardcast::testing {

// Threads: one; programs read it at any time.
class MovedClock final : public Clock {
 public:
  // Empty if clocks can be moved here; else why not, for GTEST_SKIP.
  static std::string WhyNot();

  // `file` is written; every program that has Environment() reads it each time it looks at a clock.
  MovedClock(std::filesystem::path file, TimePoint begins);

  // "NAME=value" for programs that live by this clock. The monotonic clock stays.
  std::vector<std::string> Environment() const;

  // All programs jump there at once.
  void MoveTo(TimePoint time);
  TimePoint Now() const override;

 private:
  const std::filesystem::path file_;
  std::chrono::milliseconds ahead_{0};  // of the machine's clock
};

}  // namespace wardcast::testing
