// A notice that is still being written, as a ward would read it. Pure.
#pragma once

#include "base/clock.h"
#include "server/directory/directory.h"
#include "wardcast/v1/alert.pb.h"

namespace wardcast {

// `written` with what the broker would fill in if it went out now: defaults, how times are printed,
// names, and the blanks of its texts; a blank that nothing fills stays. May be incomplete or wrong:
// a time or a zone that cannot be read counts as not given, and "output only" fields are left out.
// Ids that the directory does not have stand for themselves.
v1::Alert AsRead(const v1::Alert& written, const Directory& directory, TimePoint now);

}  // namespace wardcast
