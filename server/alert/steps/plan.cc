// What is due, what was missed, when to ask again: NextSteps.
#include <algorithm>

#include "server/alert/steps.h"
#include "server/alert/steps/moments.h"

namespace wardcast {
namespace {

constexpr std::size_t kMostMissed = 100;

Step AsStep(const v1::Alert& alert, const Moment& moment) {
  return {.key = {.step = StepName(alert, moment), .target = {}, .round = 0}, .due = moment.at};
}

}  // namespace

Plan NextSteps(const v1::Alert& alert, const Directory& directory, TimePoint now,
               std::optional<TimePoint> since) {
  Plan plan;
  const TimePoint too_old = now - kOldestCall;
  for (const Moment& moment : FactsAt(alert, now)) plan.due.push_back(AsStep(alert, moment));
  // What is over has nothing else to say.
  const bool ends = std::ranges::any_of(
      plan.due, [](const Step& step) { return step.key.step.starts_with("end@"); });
  if (!ends) {
    for (const Moment& moment : CallsIn(alert, directory, too_old, now))
      plan.due.push_back(AsStep(alert, moment));
  }
  std::ranges::stable_sort(plan.due, {}, &Step::due);
  if (since && *since < now) {
    // What was due a moment before the pause may have been left over as well.
    for (const Moment& moment : CallsIn(alert, directory, *since - kOldestCall, too_old))
      plan.missed.push_back(AsStep(alert, moment));
    if (plan.missed.size() > kMostMissed)
      plan.missed.erase(plan.missed.begin(), plan.missed.end() - kMostMissed);
  }
  plan.ask_again = NextMoment(alert, directory, now);
  return plan;
}

}  // namespace wardcast
