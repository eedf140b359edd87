// Clock times in a text. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace wardcast {

// Every clock time that somebody typed, as "HH:MM" of 24 hours, in order: "14:07", "2:30 pm",
// "14.07 Uhr", "14h07", "at 2 pm". Not: ratios and versions ("1:100", "2.14"), dates, {start}.
std::vector<std::string> ClockTimesIn(std::string_view text);

}  // namespace wardcast
