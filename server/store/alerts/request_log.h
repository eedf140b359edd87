// What makes a retry safe: requests of the last 24 h, with what became of them.
#pragma once

#include <optional>

#include "base/result.h"
#include "server/store/alert_change.h"
#include "server/store/alert_row.h"
#include "server/store/sql/connection.h"

namespace wardcast {

// The version that the same request brought; nullopt: it is new. kAlreadyExists: it was used with
// other content. kDataLoss: that version is missing.
Result<std::optional<SealedRow>> FindRequest(Connection& connection, const AlertChange& change);
// Nothing without a request id.
void RememberRequest(Connection& connection, const AlertChange& change, const v1::Alert& alert);
// Removes a few of those that are over, so that no change has to wait for many.
void ForgetOldRequests(Connection& connection, TimePoint now);

}  // namespace wardcast
