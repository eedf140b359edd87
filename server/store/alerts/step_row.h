// Steps that the clock takes, as rows: the unique key (alert, round, step, target) is what makes
// each of them happen once, with any number of brokers.
#pragma once

#include <string>

#include "base/clock.h"

namespace wardcast {

// A step of one alert (server/alert/steps.h); the alert is named beside it.
struct StepRow {
  std::string step = {};    // names its moment, so that moving the times plans anew
  std::string target = {};  // a ward id; empty: the whole alert
  int round = 0;            // 0 where the round does not matter
  TimePoint due{};

  bool operator==(const StepRow&) const = default;
};

enum class StepOutcome {
  kFired = 1,   // with its effect, in one transaction
  kMissed = 2,  // its moment was over for too long when somebody looked; it had no effect
};

struct RecordedStep {
  StepRow step = {};
  StepOutcome outcome = StepOutcome::kFired;
  TimePoint at{};  // when it was recorded
};

}  // namespace wardcast
