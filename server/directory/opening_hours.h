// When a ward is open, as written: "Mon-Fri 07:00-19:00; Sat 08:00-12:00". Pure.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>
#include <vector>

namespace wardcast {

// "00:00" … "23:59".
bool IsClockTime(std::string_view text);

// One part of opening hours, on each day from `first_day` to `last_day` (0 is Monday, 6 Sunday;
// first > last goes over the end of the week). `closes` <= `opens`: on the next day.
struct OpenSpan {
  int first_day = 0;
  int last_day = 0;
  std::chrono::minutes opens{0};
  std::chrono::minutes closes{0};

  bool Has(int day) const {
    return first_day <= last_day ? first_day <= day && day <= last_day
                                 : day >= first_day || day <= last_day;
  }
};

// Parts separated by ";", each a day or a span of days (Mon … Sun) and a span of times (the end may
// be 24:00). Empty is always: no spans. nullopt: not opening hours.
std::optional<std::vector<OpenSpan>> ParseOpeningHours(std::string_view text);

inline bool AreOpeningHours(std::string_view text) { return ParseOpeningHours(text).has_value(); }

}  // namespace wardcast
