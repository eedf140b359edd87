// Is a ward open at a moment, and when does it open next? Pure.
#pragma once

#include <optional>
#include <string_view>

#include "base/clock.h"

namespace wardcast {

// When a ward with these opening hours (server/directory/opening_hours.h), in this zone, opens
// next. nullopt: it is open at `now`, as is one without hours, or whose hours cannot be read: a
// ward that may be open is never called closed.
std::optional<TimePoint> ClosedUntil(std::string_view hours, std::string_view zone, TimePoint now);

}  // namespace wardcast
