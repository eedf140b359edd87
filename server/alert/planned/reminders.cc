#include "server/alert/planned/reminders.h"

#include <algorithm>

#include "base/proto_time.h"

namespace wardcast {

std::vector<TimePoint> ShiftReminders(const ShiftPattern& pattern, TimePoint start) {
  constexpr std::size_t kShifts = 2;
  std::vector<TimePoint> reminders = LastShiftStarts(pattern, start, kShifts);
  std::erase_if(reminders, [&](TimePoint at) { return !IsOpenAt(pattern, at); });
  return reminders;
}

std::vector<const ShiftPattern*> PatternsOf(const ResolvedAudience& audience,
                                            const ShiftPatterns& patterns) {
  std::vector<bool> taken(patterns.patterns.size());
  std::vector<const ShiftPattern*> found;
  for (const ResolvedAudience::Ward& ward : audience.wards) {
    const auto its = patterns.of_ward.find(ward.ward_id);
    if (its == patterns.of_ward.end() || taken[its->second]) continue;
    taken[its->second] = true;
    found.push_back(&patterns.patterns[its->second]);
  }
  return found;
}

std::optional<TimePoint> FirstReminder(const v1::Alert& alert, const Directory& directory) {
  if (!alert.has_start()) return std::nullopt;
  const TimePoint start = FromTimestamp(alert.start().at());
  TimePoint first = start - kEarlyReminder;
  const AudiencePtr audience = AudienceOf(alert, directory);
  const auto patterns = ShiftPatternsOf(directory);
  for (const ShiftPattern* pattern : PatternsOf(*audience, *patterns)) {
    for (const TimePoint at : ShiftReminders(*pattern, start)) first = std::min(first, at);
  }
  return first;
}

}  // namespace wardcast
