// Is what a change would bring there already? Inside a transaction of the caller, which is the one
// that brings it: whoever asked outside of it would miss what another broker commits meanwhile.
#pragma once

#include <optional>

#include "base/result.h"
#include "server/store/alert_change.h"
#include "server/store/sql/connection.h"

namespace wardcast {

// From here to the end of the transaction nobody else, at any broker, may ask. Before any row is
// locked. With SQLite a transaction that writes is alone anyway.
void LockMatters(Connection& connection);

// The open alert that is the same matter as `change`, which says what that is
// (AlertChange::same_matter); nullopt: none. LockMatters comes first. kDataLoss: what is stored is
// damaged.
Result<std::optional<StoredAlert>> FindSameMatter(Connection& connection,
                                                  const AlertChange& change);

}  // namespace wardcast
