// PeopleStore on SQL.
#pragma once

#include <memory>

#include "server/store/people/people_store.h"
#include "server/store/sql/pool.h"

namespace wardcast {

// Both must outlive what is returned. The schema must be there (sql/migrations.h).
std::unique_ptr<PeopleStore> MakeSqlPeople(Pool& writers, Pool& readers);

}  // namespace wardcast
