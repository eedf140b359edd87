// When a ward is open, as written: "Mon-Fri 07:00-19:00; Sat 08:00-12:00". Pure.
#pragma once

#include <string_view>

namespace wardcast {

// "00:00" … "23:59".
bool IsClockTime(std::string_view text);

// Parts separated by ";", each a day or a span of days (Mon … Sun) and a span of times (the end may
// be 24:00). Empty is always, and fine.
bool AreOpeningHours(std::string_view text);

}  // namespace wardcast
