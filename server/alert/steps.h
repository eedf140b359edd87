// What the clock does to an alert: sends it when its time has come, reminds of planned work, says
// that it overran, counts promised updates that did not come, shows open notices once more at the
// shift starts of wards that are open then, ends INFORMATION and drills. Facts and a time in, steps
// out. Pure; never reads a clock.
//
//   // What is due, what was missed, when to ask again:
//   Plan plan = NextSteps(alert, directory, now);
//   // In one transaction: insert the keys of plan.due; `fresh` are those that were not there.
//   auto after = AfterSteps(current, fresh, directory, now);
//
// The plan depends on the alert, the directory and the time alone, never on when it was asked for
// last. So a step is listed again each time it is asked for within its 10 minutes: what was done is
// known by the key. Two kinds:
// - *calls* (send, reminders, start, shift start) are due for 10 min from their moment, then missed
//   for good;
// - *facts* (overrun, missed update, end, renewal of `expires`) stay due until the alert says them;
//   an overrun that is told more than 10 min late calls nobody.
#pragma once

#include <chrono>
#include <compare>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "server/directory/directory.h"
#include "wardcast/v1/alert.pb.h"

namespace wardcast {

// Calls that are older than this are missed, not made.
inline constexpr std::chrono::minutes kOldestCall{10};

// Unique for an alert, on every broker the same.
struct StepKey {
  // What and of which moment: "reminder-60m@2026-11-01T08:00:00Z". The moment makes postponed
  // work planned anew. At most 80 characters of [a-z0-9@:.TZ-].
  std::string step;
  // Whom; empty: every ward that it concerns, since the moment of a shift start says which wards
  // have it. Of "real-notice" (steps/real_notice.h), which is in no plan: the id of that notice.
  std::string target;
  // 0: the step is not about a round. All steps of today.
  int round = 0;

  auto operator<=>(const StepKey&) const = default;
};

struct Step {
  StepKey key;
  TimePoint due{};

  auto operator<=>(const Step&) const = default;
};

struct Plan {
  // To be made now, oldest first.
  std::vector<Step> due;
  // Calls that fell due after `since` (below) and grew too old, oldest first, at most 100: to be
  // recorded as missed where the store does not have them as fired, and asked about (WithMissed).
  // Without `since` none.
  std::vector<Step> missed;
  // The next moment at which something becomes due; nullopt: nothing does without a change of the
  // alert or of the directory. Never later than needed; may be earlier.
  std::optional<TimePoint> ask_again;
};

// `since`: when steps were last looked at; to be given after a pause or a jump of the clock only,
// and at a start. Absent: steps are looked at all the time, so nothing can have been missed. About
// 20 µs, but where a shift starts within the last 10 min, or with `since`: then the audience is
// resolved (ResolveShared).
Plan NextSteps(const v1::Alert& alert, const Directory& directory, TimePoint now,
               std::optional<TimePoint> since = {});

// The alert after those of its steps that are `fresh`, together: at most one new round. A key that
// is not due for `current` at `now` (postponed meanwhile, closed) has no effect; "real-notice"
// always stops an open drill. nullopt: nothing changes. The revision stays: no publisher's edit is
// refused for a reminder. Several misses, or a send that meets a reminder, make one version.
std::optional<v1::Alert> AfterSteps(const v1::Alert& current, const std::vector<StepKey>& fresh,
                                    const Directory& directory, TimePoint now);

// The alert that asks its publisher about calls that nobody made: those of `missed` that nobody has
// recorded, added to what it asks about already (Alert.missed). A call that the alert, as it now
// is, does not have (postponed meanwhile, closed) is left out. nullopt: nothing is added. No round
// and no revision: endpoints show nothing else. To be asked before AfterSteps, of the same version:
// what goes out now has missed its earlier moments all the same.
std::optional<v1::Alert> WithMissed(const v1::Alert& current, const std::vector<Step>& missed,
                                    const Directory& directory, TimePoint now);

}  // namespace wardcast
