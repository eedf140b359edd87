// When the shifts of wards begin: in the site's zone, through both clock changes. Pure.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/clock.h"
#include "server/directory/directory.h"

namespace wardcast {

// Wards whose shifts begin at the same moments, and that are open at the same times.
struct ShiftPattern {
  std::string zone;
  std::vector<std::chrono::minutes> starts;  // after midnight, ascending, each once, at least one
  std::string opening_hours{};               // as the ward has them; empty: always open

  auto operator<=>(const ShiftPattern&) const = default;
};

// The patterns of a hospital, which are few however many wards it has.
struct ShiftPatterns {
  std::vector<ShiftPattern> patterns;
  std::unordered_map<std::string_view, std::size_t> of_ward;  // keys are the directory's
};

// 07:00 and 19:00 where a ward says nothing (or nothing that can be read). Kept with the directory.
std::shared_ptr<const ShiftPatterns> ShiftPatternsOf(const Directory& directory);

// The moments at which a shift of `pattern` begins in (after, until], ascending, also while its
// wards are closed. A start in the hour that clocks skip is when they do; one that they show twice
// is the first of the two.
std::vector<TimePoint> ShiftStarts(const ShiftPattern& pattern, TimePoint after, TimePoint until);

// The last `count` of them before `before`, ascending.
std::vector<TimePoint> LastShiftStarts(const ShiftPattern& pattern, TimePoint before,
                                       std::size_t count);

// Whether its wards are open then: where nobody works, no shift is told anything.
bool IsOpenAt(const ShiftPattern& pattern, TimePoint at);

}  // namespace wardcast
