// Who has written something of an alert. Inside a transaction of the caller.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "server/store/sql/connection.h"

namespace wardcast {

// Each once: first who created it, then the callers of its later versions, oldest first
// (AlertChange::authorship).
std::vector<std::string> ReadEditors(Connection& connection, const std::string& alert_id);

// Who created it; nullopt: there is no such alert.
std::optional<std::string> CreatorOf(Connection& connection, const std::string& alert_id);

}  // namespace wardcast
