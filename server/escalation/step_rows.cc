#include "server/escalation/step_rows.h"

#include <string>
#include <utility>

namespace wardcast {

StepRow RowOf(const Step& step, StepOutcome outcome) {
  return {.step = step.key.step,
          .target = step.key.target,
          .round = step.key.round,
          .due = step.due,
          .outcome = outcome};
}

std::optional<v1::Alert> AfterRows(const v1::Alert& current, const std::vector<StepRow>& fresh,
                                   const Directory& directory, TimePoint now) {
  std::vector<StepKey> due;
  std::vector<Step> missed;
  for (const StepRow& row : fresh) {
    StepKey key{.step = row.step, .target = row.target, .round = row.round};
    switch (row.outcome) {
      case StepOutcome::kFired:
        due.push_back(std::move(key));
        break;
      case StepOutcome::kMissed:
        missed.push_back({.key = std::move(key), .due = row.due});
        break;
    }
  }
  std::optional<v1::Alert> asked = WithMissed(current, missed, directory, now);
  std::optional<v1::Alert> done = AfterSteps(asked ? *asked : current, due, directory, now);
  return done ? done : asked;
}

}  // namespace wardcast
