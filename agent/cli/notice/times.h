// Times as people write them on a command line.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/result.h"
#include "wardcast/v1/time.pb.h"

namespace wardcast::cli {

// Which of two equal wall times is meant in the night in which clocks go back.
enum class Doubled { kAsk, kFirst, kSecond };

// Gives `at` for "now", "+30m", "+2h" and "2026-03-01T14:30:00-07:00"; gives `local` for what a
// clock on the wall shows ("2026-11-01 01:30", also with a T), which the broker resolves in the
// alert's zone. A wall time may end in " first" or " second"; the first one that says neither takes
// `doubled`, which is kAsk from then on, because the broker refuses it beside a time that comes
// once. kInvalidArgument: says what may be written.
Result<v1::ZonedTime> ParseTime(const std::string& text, Doubled& doubled, TimePoint now);

// "30m", "2h", "90": minutes. kInvalidArgument: none of these, or not 1 minute … 7 days.
Result<std::chrono::minutes> ParseMinutes(std::string_view text);

}  // namespace wardcast::cli
