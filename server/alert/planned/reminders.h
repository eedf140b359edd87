// The reminders of planned work on ward PCs (docs/domain, "Planned downtime"): the last two shift
// starts before it, an hour and a quarter of an hour before. Pure.
#pragma once

#include <chrono>
#include <optional>
#include <vector>

#include "base/clock.h"
#include "server/alert/audience.h"
#include "server/alert/planned/shift_starts.h"
#include "server/directory/directory.h"
#include "wardcast/v1/alert.pb.h"

namespace wardcast {

inline constexpr std::chrono::minutes kEarlyReminder{60};  // TOAST
inline constexpr std::chrono::minutes kLastReminder{15};   // DIALOG: "save and sign out"

// The shift starts at which wards of `pattern` are reminded of work that starts at `start`: of the
// last two before it those at which they are open.
std::vector<TimePoint> ShiftReminders(const ShiftPattern& pattern, TimePoint start);

// The patterns of the wards of an audience, each once.
std::vector<const ShiftPattern*> PatternsOf(const ResolvedAudience& audience,
                                            const ShiftPatterns& patterns);

// The first moment at which a ward of its audience is reminded; nullopt: the work has no start.
std::optional<TimePoint> FirstReminder(const v1::Alert& alert, const Directory& directory);

}  // namespace wardcast
