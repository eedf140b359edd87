// The schema, one numbered step after the other. A step that was released is never edited.
#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "server/store/sql/connection.h"

namespace wardcast {

// The newest schema that this binary knows.
inline constexpr int kSchemaVersion = 1;

// Brings an empty or older schema to kSchemaVersion, in one transaction that excludes other
// brokers. kFailedPrecondition: the schema is newer than this binary; nothing was changed. Throws
// what SOCI throws.
Result<void> Migrate(Connection& connection, TimePoint now);

}  // namespace wardcast
