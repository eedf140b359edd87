// Where each endpoint was, and when: what "expected at that time" is derived from.
#pragma once

#include "base/clock.h"
#include "wardcast/v1/directory.pb.h"

namespace wardcast {

// An endpoint as the directory knew it in [since, until). An import that changes an endpoint (its
// ward, class, tags, name) ends one row and begins the next; one that leaves it as it is writes
// nothing.
struct MembershipRow {
  v1::Endpoint endpoint;
  TimePoint since{};
  TimePoint until{};  // TimePoint{} (1970): still so
};

}  // namespace wardcast
