// EnrolmentStore on SQL.
#pragma once

#include <functional>
#include <memory>

#include "server/store/enrolment/enrolment_store.h"
#include "server/store/sql/pool.h"

namespace wardcast {

// Appends an entry to the log: access has changed. The last thing of a transaction.
using AppendAccess = std::function<void(Connection&, TimePoint now)>;

// Both pools must outlive what is returned. The schema must be there (sql/migrations.h).
std::unique_ptr<EnrolmentStore> MakeSqlEnrolment(Pool& writers, Pool& readers, AppendAccess append);

}  // namespace wardcast
