#include "server/store/sql/migrations.h"

#include <string>
#include <string_view>

#include "base/log.h"
#include "base/ulid.h"

namespace wardcast {
namespace {

std::string ForDialect(std::string_view statement, Dialect dialect) {
  constexpr std::string_view kPlaceholder = "{text}";
  std::string result(statement);
  for (std::size_t at = 0; (at = result.find(kPlaceholder, at)) != std::string::npos;) {
    const std::string type = TextColumn(dialect);
    result.replace(at, kPlaceholder.size(), type);
    at += type.size();
  }
  return result;
}

// 0: there is no schema yet.
int CurrentSchema(Connection& connection) {
  const std::string query =
      connection.dialect() == Dialect::kSqlite
          ? "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = 'meta'"
          : "SELECT COUNT(*) FROM information_schema.tables"
            " WHERE table_schema = current_schema() AND table_name = 'meta'";
  if (std::get<0>(connection.Read<std::int64_t>(query).at(0)) == 0) return 0;
  const auto rows = connection.Read<std::string>("SELECT value FROM meta WHERE name = 'schema'");
  return rows.empty() ? 0 : std::stoi(std::get<0>(rows.front()));
}

Result<void> MigrateLocked(Connection& connection, TimePoint now) {
  if (connection.dialect() == Dialect::kPostgresql) {
    // A migration may take long, and so may waiting for the broker that does it. A broker that
    // froze on its way is ended by idle_in_transaction_session_timeout.
    connection.Execute("SET LOCAL statement_timeout = 0");
    connection.Execute("SET LOCAL lock_timeout = 0");
    // Both end with the transaction. The number is ours alone: "wardcast" in ASCII.
    if (std::get<0>(connection
                        .Read<std::string>(
                            "SELECT CAST(pg_try_advisory_xact_lock(8602279480478397300) AS TEXT)")
                        .at(0)) != "true") {
      SPDLOG_INFO("store: waiting for another broker that opens the database");
      connection.Execute("SELECT CAST(pg_advisory_xact_lock(8602279480478397300) AS TEXT)");
    }
    const std::string encoding =
        std::get<0>(connection.Read<std::string>("SHOW server_encoding").at(0));
    if (encoding != "UTF8") {
      return Fail(Code::kFailedPrecondition,
                  connection.place() + ": the database is encoded in " + encoding +
                      "; make one with CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0.");
    }
  }
  const int current = CurrentSchema(connection);
  if (current > kSchemaVersion) {
    return Fail(
        Code::kFailedPrecondition,
        connection.place() + ": its schema has version " + std::to_string(current) +
            ", this program knows versions up to " + std::to_string(kSchemaVersion) +
            ". Start a newer wardcastd, or restore the backup that was made before the upgrade.");
  }
  if (current == kSchemaVersion) return {};
  if (current > 0) SPDLOG_INFO("store: from schema {} to {}", current, kSchemaVersion);
  for (const SchemaStep& step : SchemaSteps()) {
    if (step.version <= current) continue;
    for (const char* statement : step.statements)
      connection.Execute(ForDialect(statement, connection.dialect()));
  }
  if (current == 0) {
    const std::string log_id = NewUlid(now);
    connection.Execute("INSERT INTO meta (name, value) VALUES ('log_id', :id)", log_id);
  }
  const std::string version = std::to_string(kSchemaVersion);
  connection.Execute("UPDATE meta SET value = :version WHERE name = 'schema'", version);
  return {};
}

}  // namespace

Result<void> Migrate(Connection& connection, TimePoint now) {
  connection.Execute(BeginWrite(connection.dialect()));
  auto migrated = MigrateLocked(connection, now);
  connection.Execute(migrated ? "COMMIT" : "ROLLBACK");
  return migrated;
}

}  // namespace wardcast
