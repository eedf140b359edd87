#include "server/alert/planned/shift_starts.h"

#include <algorithm>
#include <utility>

#include "server/alert/opening.h"
#include "server/alert/zoned_time.h"
#include "server/directory/opening_hours.h"

namespace wardcast {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;

minutes AfterMidnight(std::string_view clock) {
  const auto digit = [&](std::size_t i) { return clock[i] - '0'; };
  return hours(digit(0) * 10 + digit(1)) + minutes(digit(3) * 10 + digit(4));
}

std::vector<minutes> StartsOf(const v1::Ward& ward) {
  std::vector<minutes> starts;
  for (const std::string& start : ward.shift_starts()) {
    if (IsClockTime(start)) starts.push_back(AfterMidnight(start));
  }
  if (starts.empty()) starts = {hours(7), hours(19)};
  std::ranges::sort(starts);
  const auto repeated = std::ranges::unique(starts);
  starts.erase(repeated.begin(), repeated.end());
  return starts;
}

ShiftPatterns Collect(const Directory& directory) {
  ShiftPatterns all;
  for (const v1::Ward* ward : directory.WardsInOrder()) {
    const v1::Site* site = directory.SiteOfWard(ward->id());
    ShiftPattern pattern{.zone = site ? site->zone() : "UTC",
                         .starts = StartsOf(*ward),
                         .opening_hours = ward->opening_hours()};
    const auto known = std::ranges::find(all.patterns, pattern);
    all.of_ward[ward->id()] = static_cast<std::size_t>(known - all.patterns.begin());
    if (known == all.patterns.end()) all.patterns.push_back(std::move(pattern));
  }
  return all;
}

// What clocks show in `zone` at `at`, written as if it were UTC.
TimePoint OnClocks(TimePoint at, const std::string& zone) {
  return at + minutes(ToZoned(at, zone).utc_offset_minutes());
}

}  // namespace

std::shared_ptr<const ShiftPatterns> ShiftPatternsOf(const Directory& directory) {
  return directory.memo().Get<ShiftPatterns>("shift patterns", [&] { return Collect(directory); });
}

std::vector<TimePoint> ShiftStarts(const ShiftPattern& pattern, TimePoint after, TimePoint until) {
  std::vector<TimePoint> found;
  if (until <= after) return found;
  const TimePoint first = std::chrono::floor<days>(OnClocks(after, pattern.zone));
  const TimePoint last = std::chrono::floor<days>(OnClocks(until, pattern.zone));
  for (TimePoint day = first - days(1); day <= last + days(1); day += days(1)) {
    for (const minutes start : pattern.starts) {
      const TimePoint at = FindLocal(pattern.zone, day + start).first;
      if (at > after && at <= until) found.push_back(at);
    }
  }
  // Two starts may fall together where clocks skip an hour.
  std::ranges::sort(found);
  const auto repeated = std::ranges::unique(found);
  found.erase(repeated.begin(), repeated.end());
  return found;
}

std::vector<TimePoint> LastShiftStarts(const ShiftPattern& pattern, TimePoint before,
                                       std::size_t count) {
  constexpr std::chrono::milliseconds kJustBefore{1};
  // One start a day at least.
  const days back(static_cast<int>(count) + 1);
  std::vector<TimePoint> starts = ShiftStarts(pattern, before - back, before - kJustBefore);
  if (starts.size() > count) starts.erase(starts.begin(), starts.end() - static_cast<long>(count));
  return starts;
}

bool IsOpenAt(const ShiftPattern& pattern, TimePoint at) {
  return pattern.opening_hours.empty() || !ClosedUntil(pattern.opening_hours, pattern.zone, at);
}

}  // namespace wardcast
