// The moments of one alert at which the clock does something: which kind of step, when. Pure.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "server/directory/directory.h"
#include "wardcast/v1/alert.pb.h"

namespace wardcast {

enum class StepKind {
  // Calls: for 10 min from their moment.
  kSend,             // `send_at` has come
  kShiftReminder,    // planned work: one of the last two shift starts before it
  kHourReminder,     // an hour before
  kQuarterReminder,  // a quarter of an hour before
  kStart,            // its start, where no reminder brought it to the wards
  kShiftStart,       // an open notice, once more
  // Facts: until the alert says them.
  kOverrun,       // begun work lasts longer than said
  kMissedUpdate,  // a promised update did not come
  kRenewal,       // cached copies of a notice that stays open would soon be thrown away
  kEnd,           // INFORMATION, planned work that never began, and drills
};

struct Moment {
  StepKind kind{};
  TimePoint at{};
  // kMissedUpdate: the how manieth in a row, from 1.
  int count = 0;
};

// "reminder-60m@2026-11-01T08:00:00Z", "missed-update-2@…" with the moment of the promise.
std::string StepName(const v1::Alert& alert, const Moment& moment);

// Calls whose moment is in (after, until], oldest first. Shift starts are those of the audience's
// wards that are open then; it is resolved only if a shift of some open ward of the hospital starts
// then.
std::vector<Moment> CallsIn(const v1::Alert& alert, const Directory& directory, TimePoint after,
                            TimePoint until);

// Facts that hold at `now` and that the alert does not say yet, oldest first.
std::vector<Moment> FactsAt(const v1::Alert& alert, TimePoint now);

// The earliest moment after `now`, of whatever kind. Shift starts of the whole hospital, so it may
// be earlier than needed; nothing is resolved.
std::optional<TimePoint> NextMoment(const v1::Alert& alert, const Directory& directory,
                                    TimePoint now);

}  // namespace wardcast
