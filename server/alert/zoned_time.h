// Wall times with everything that an endpoint needs to print them. The only place that knows the
// zone database. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "server/alert/words/clock_text.h"
#include "wardcast/v1/time.pb.h"

namespace wardcast {

// True for an IANA zone name that the system knows.
bool ZoneExists(std::string_view zone);

// An unknown zone counts as UTC.
v1::ZonedTime ToZoned(TimePoint at, std::string_view zone);

// The offsets that hold from `from` to `to`, oldest first; the first one holds at `from`.
std::vector<v1::ZoneOffset> ZoneOffsets(std::string_view zone, TimePoint from, TimePoint to);

// The clocks of `zone` change between a day before and a day after `at`: there, a clock time alone
// may mislead.
bool ClocksChangeNear(std::string_view zone, TimePoint at);

// When the clocks of a zone show a local time.
struct LocalMoment {
  enum class Times { kOnce, kNever, kTwice };
  Times times = Times::kOnce;
  // kOnce: the moment. kTwice: the first of the two. kNever: the moment at which clocks skip it.
  TimePoint first{};
  // kTwice: the second; else as `first`.
  TimePoint second{};
};

// `local` is written as if it were UTC. An unknown zone counts as UTC.
LocalMoment FindLocal(std::string_view zone, TimePoint local);

}  // namespace wardcast
