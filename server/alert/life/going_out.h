// When a notice goes out to the wards, and what it gets then. Pure.
#pragma once

#include "base/clock.h"
#include "server/directory/directory.h"
#include "wardcast/v1/alert.pb.h"

namespace wardcast {

// When it would go out at the earliest for what its publisher said: `send_at` if that is in the
// future, else `now`.
TimePoint GoesOutAt(const v1::Alert& alert, TimePoint now);

// True while something keeps it from the wards: `send_at` in the future; planned work, not begun,
// before its first reminder or without a start. A drill waits for its `send_at` only: it is over
// after 2 h.
bool IsHeld(const v1::Alert& alert, const Directory& directory, TimePoint now);

// On the wards from now on: ACTIVE, round 1, published now.
void GoOut(v1::Alert& alert, TimePoint now);

// SCHEDULED while it is held, else it goes out. A `send_at` that is over is taken out.
void GoOutOrWait(v1::Alert& alert, const Directory& directory, TimePoint now);

// Planned work that has begun: shown as the strip, no new round. Its next news is promised anew if
// that was only its start.
void Begin(v1::Alert& alert, TimePoint at);

// Takes back what it promised if that is over, or was only its start; FillDefaults promises anew.
void ReleasePromise(v1::Alert& alert, TimePoint now);

}  // namespace wardcast
