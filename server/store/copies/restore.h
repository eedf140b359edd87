// Puts a backup in the place of the store: `wardcastd --restore FILE`.
#pragma once

#include <filesystem>
#include <string>

#include "base/clock.h"
#include "base/result.h"
#include "server/store/open_store.h"

namespace wardcast {

// What was restored, for a person.
struct RestoredStore {
  LogIdentity log;        // of the backup; the next start takes a higher generation
  Sequence sequence = 0;  // of its last entry
  int schema = 0;         // the next start brings it to the newest
  // Where the replaced store is kept: a folder in the data folder (SQLite) or a file in its
  // `backups` (PostgreSQL); empty: there was none.
  std::filesystem::path aside;
};

// Checks that `file` is a sound Wardcast store of a known schema before anything is touched, keeps
// the old store aside and puts the backup in its place. SQLite: `file` is a database as
// Store::Backup writes it. PostgreSQL: an archive of pg_dump; the tables are replaced in one
// transaction by psql. The store that is opened next reports a suspicion(), so that the broker
// takes a new generation and endpoints reconcile. Keys are not in a backup: they stay in the data
// folder. Blocks as long as it takes; the broker must be stopped.
// kFailedPrecondition: a broker holds the store, the schema is newer than this binary, pg_restore
// or psql is missing; kInvalidArgument: not a Wardcast backup; kDataLoss: damaged; kNotFound: no
// such file; kUnavailable, kResourceExhausted: the disk or the server. After an error the old store
// is as it was.
Result<RestoredStore> RestoreStore(const StoreConfig& config, const std::filesystem::path& file,
                                   TimePoint now);

}  // namespace wardcast
