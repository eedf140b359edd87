#include "server/store/open_store.h"

#include <algorithm>
#include <utility>

#include "server/store/sql/backup_files.h"
#include "server/store/sql/migrations.h"
#include "server/store/sql/place.h"
#include "server/store/sql_store.h"

namespace wardcast {
namespace {

struct Prepared {
  std::unique_ptr<Connection> connection;
  LogIdentity log;
  std::string place;
  std::string suspicion;
};

// Why a database that stands at `place` seems to be a copy.
std::string SuspicionOf(Connection& connection, const std::string& place) {
  const std::string known = std::get<0>(
      connection.Read<std::string>("SELECT value FROM meta WHERE name = 'place'").at(0));
  if (known == place) return "";
  if (known == kRestoredPlace) return "a backup was restored";
  if (!known.empty())
    return "the database stands at another place (" + place + ") than before (" + known + ")";
  // Of a schema that did not know its place, or new.
  connection.Execute("UPDATE meta SET value = :place WHERE name = 'place'", place);
  return "";
}

// A database that opens and cannot be written is found at once, not by the first publisher. A full
// disk is no reason not to start: running alerts go on.
Result<void> TryWriting(Connection& connection) {
  try {
    connection.Execute(BeginWrite(connection.dialect()));
    connection.Execute("UPDATE meta SET value = value WHERE name = 'schema'");
    connection.Execute("COMMIT");
    return {};
  } catch (const std::exception& exception) {
    const Failure failure = Explain(exception, connection.place());
    if (failure.error.code != Code::kResourceExhausted) return std::unexpected(failure.error);
  }
  connection.RollBack();
  return {};
}

// Everything that has to be true before the first call: not damaged, the right schema. On a
// connection that no watchdog ends: this may take long.
Result<Prepared> Prepare(std::unique_ptr<Connection> connection, const std::filesystem::path& file,
                         TimePoint now) {
  Prepared prepared{.connection = std::move(connection), .log = {}, .place = {}, .suspicion = {}};
  Connection& c = *prepared.connection;
  try {
    if (c.dialect() == Dialect::kSqlite) {
      const std::string found = std::get<0>(c.Read<std::string>("PRAGMA quick_check(1)").at(0));
      if (found != "ok") {
        return Fail(Code::kDataLoss, c.place() + ": " + found.substr(0, 200) +
                                         ". The database is damaged. " + RestoreAdvice(file));
      }
    }
    if (auto migrated = Migrate(c, now); !migrated) return std::unexpected(migrated.error());
    if (auto writable = TryWriting(c); !writable) return std::unexpected(writable.error());
    prepared.log = ReadIdentity(c);
    prepared.place = PlaceOf(c, file);
    prepared.suspicion = SuspicionOf(c, prepared.place);
  } catch (const std::exception& exception) {
    return std::unexpected(Explain(exception, c.place()).error);
  }
  return prepared;
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
  const std::filesystem::path database = config.data_dir / "wardcast.db";
  if (config.postgresql.empty()) {
    std::error_code ignored;
    if (!std::filesystem::exists(database, ignored) &&
        std::filesystem::exists(config.data_dir / "restoring.db", ignored)) {
      return Fail(Code::kFailedPrecondition,
                  "data folder " + config.data_dir.string() +
                      ": a restore was interrupted; run wardcastd --restore FILE again");
    }
    open = [file = database, timeout = config.timeout] {
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
  auto first = open();
  if (!first) return std::unexpected(first.error());
  auto prepared = Prepare(std::move(*first), database, now);
  if (!prepared) return std::unexpected(prepared.error());
  parts.writers->Give(std::move(prepared->connection));
  parts.config = config;
  parts.place = prepared->place;
  return std::make_unique<SqlStore>(std::move(parts), std::move(prepared->log),
                                    std::move(prepared->suspicion));
}

}  // namespace wardcast
