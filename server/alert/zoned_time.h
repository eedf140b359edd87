// Wall times with everything that an endpoint needs to print them. The only place that knows the
// zone database. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "wardcast/v1/time.pb.h"

namespace wardcast {

// True for an IANA zone name that the system knows.
bool ZoneExists(std::string_view zone);

// An unknown zone counts as UTC.
v1::ZonedTime ToZoned(TimePoint at, std::string_view zone);

// The offsets that hold from `from` to `to`, oldest first; the first one holds at `from`.
std::vector<v1::ZoneOffset> ZoneOffsets(std::string_view zone, TimePoint from, TimePoint to);

// "14:07", in the zone of `time`.
std::string ClockText(const v1::ZonedTime& time);

}  // namespace wardcast
