// Steps that the clock takes or misses, as rows: the unique key (alert, round, step, target) is
// what makes each of them happen once, with any number of brokers.
#pragma once

#include <string>

#include "base/clock.h"

namespace wardcast {

enum class StepOutcome {
  kFired = 1,   // with its effect, in one transaction
  kMissed = 2,  // its moment was over for too long when somebody looked: it was asked about instead
};

// A step of one alert (server/alert/steps.h); the alert is named beside it.
struct StepRow {
  std::string step = {};    // names its moment, so that moving the times plans anew
  std::string target = {};  // a ward id; empty: the whole alert
  int round = 0;            // 0 where the round does not matter
  TimePoint due{};
  StepOutcome outcome = StepOutcome::kFired;  // not part of the key

  bool operator==(const StepRow&) const = default;
};

struct RecordedStep {
  StepRow step = {};
  TimePoint at{};  // when it was recorded
};

}  // namespace wardcast
