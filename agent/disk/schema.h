// The cache's tables and their version.
#pragma once

#include "agent/disk/database.h"
#include "base/clock.h"
#include "base/result.h"

namespace wardcast::agent {

inline constexpr int kCacheSchema = 1;

// Creates or checks the tables, and drops records of alerts that left long ago. kDataLoss: the file
// is damaged. kFailedPrecondition: a newer agent wrote it.
Result<void> PrepareSchema(Database& database, TimePoint now);

}  // namespace wardcast::agent
