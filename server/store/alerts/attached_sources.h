// Machines whose source key belongs to somebody else's alert. Inside a transaction of the caller.
#pragma once

#include <optional>
#include <string>

#include "base/clock.h"
#include "server/store/sql/connection.h"

namespace wardcast {

// From now on it belongs to that alert, which must exist.
void AttachSource(Connection& connection, const std::string& caller, const std::string& source_key,
                  const std::string& alert_id, TimePoint now);
// The open alert that it belongs to.
std::optional<std::string> ReadAttached(Connection& connection, const std::string& caller,
                                        const std::string& source_key);

}  // namespace wardcast
