#include "server/store/open_store.h"

#include <algorithm>
#include <utility>

#include "server/store/sql/migrations.h"
#include "server/store/sql_store.h"

namespace wardcast {
namespace {

// Everything that has to be true before the first call: not damaged, the right schema.
Result<LogIdentity> Prepare(Pool& pool, TimePoint now) {
  auto lease = pool.Take();
  if (!lease) return std::unexpected(lease.error());
  Connection& connection = **lease;
  try {
    if (connection.dialect() == Dialect::kSqlite) {
      const std::string found =
          std::get<0>(connection.Read<std::string>("PRAGMA quick_check(1)").at(0));
      if (found != "ok") {
        return Fail(
            Code::kDataLoss,
            connection.place() + ": " + found.substr(0, 200) +
                ". The database is damaged: restore a backup; keep this file for analysis.");
      }
    }
    if (auto migrated = Migrate(connection, now); !migrated)
      return std::unexpected(migrated.error());
    LogIdentity identity;
    for (const auto& [name, value] :
         connection.Read<std::string, std::string>("SELECT name, value FROM meta")) {
      if (name == "log_id") identity.log_id = value;
      if (name == "generation") identity.generation = std::stoll(value);
    }
    return identity;
  } catch (const std::exception& exception) {
    const Failure failure = Explain(exception, connection.place());
    lease->Drop();  // also ends a transaction that was left open
    return std::unexpected(failure.error);
  }
}

}  // namespace

int SchemaVersion() { return kSchemaVersion; }

Result<std::unique_ptr<Store>> OpenStore(const StoreConfig& config, TimePoint now) {
  SqlStore::Parts parts;
  Pool::Open open;
  int writers = 1;
  // Beside a database elsewhere the folder still holds this broker's keys.
  if (config.postgresql.empty() || !config.data_dir.empty()) {
    auto lock = FolderLock::Take(config.data_dir);
    if (!lock) return std::unexpected(lock.error());
    parts.lock.emplace(std::move(*lock));
  }
  if (config.postgresql.empty()) {
    open = [file = config.data_dir / "wardcast.db", timeout = config.timeout] {
      return Connection::OpenSqlite(file, timeout);
    };
  } else {
    open = [conninfo = config.postgresql, timeout = config.timeout] {
      return Connection::OpenPostgresql(conninfo, timeout);
    };
    parts.watchdog = std::make_unique<Watchdog>();
    // They wait for each other at the heads; more would not make it faster.
    writers = 3;
  }
  parts.writers = std::make_unique<Pool>(open, writers, config.timeout, parts.watchdog.get());
  parts.readers = std::make_unique<Pool>(open, std::max(1, config.readers), config.timeout,
                                         parts.watchdog.get());
  auto identity = Prepare(*parts.writers, now);
  if (!identity) return std::unexpected(identity.error());
  return std::make_unique<SqlStore>(std::move(parts), std::move(*identity));
}

}  // namespace wardcast
