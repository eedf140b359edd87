// Times as a clock on the wall shows them, made instants: the hour that clocks skip is refused, the
// one that they show twice is asked for. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "server/directory/directory.h"
#include "wardcast/v1/alert.pb.h"
#include "wardcast/v1/time.pb.h"

namespace wardcast {

// If `time` has `local` ("2026-11-01T01:30"; a space for the T is fine): sets `at`, zone, offset
// and abbreviation, and clears `local` and `second_time`. The zone is its own, or else `zone`.
// Notes at `path` what is wrong and what to write: not a time, an unknown zone, both `at` and
// `local`, a skipped time, a doubled one without `second_time`. Without `local` nothing changes.
void ResolveLocal(const std::string& path, std::string_view zone, v1::ZonedTime& time,
                  std::vector<FieldViolation>& violations);

// The same for every time that a publisher writes (start, expected_end, next_update, send_at,
// started_at); paths are "alert.start". The zone is the alert's, or of the first site of its
// audience. Calling it twice changes nothing.
void ResolveLocalTimes(v1::Alert& alert, const Directory& directory,
                       std::vector<FieldViolation>& violations);

}  // namespace wardcast
