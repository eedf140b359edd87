// Brings a database to the newest schema.
#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "server/store/sql/connection.h"
#include "server/store/sql/schema.h"

namespace wardcast {

// Brings an empty or older schema to kSchemaVersion, in one transaction that excludes other
// brokers. Takes as long as it takes: `connection` must be one that no watchdog ends, and time-outs
// of statements are lifted meanwhile. kFailedPrecondition: the schema is newer than this binary;
// nothing was changed. Throws what SOCI throws.
Result<void> Migrate(Connection& connection, TimePoint now);

}  // namespace wardcast
