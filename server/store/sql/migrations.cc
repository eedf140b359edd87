#include "server/store/sql/migrations.h"

#include <array>
#include <string>
#include <string_view>

#include "base/ulid.h"

namespace wardcast {
namespace {

// Times are milliseconds since 1970; bytes are base64; {text} is a column of text that is compared
// byte by byte.
constexpr std::array kFirstSchema = {
    // log_id, generation, signing_key_id, directory_sequence, schema
    "CREATE TABLE meta (name {text} PRIMARY KEY, value {text} NOT NULL)",

    // The log. One row says how far it is; whoever holds that row writes the next entry.
    "CREATE TABLE log_head (one BIGINT PRIMARY KEY CHECK (one = 1), sequence BIGINT NOT NULL, tag "
    "{text} NOT NULL)",
    "CREATE TABLE log_entry (sequence BIGINT PRIMARY KEY, kind BIGINT NOT NULL, alert_id {text} "
    "NOT NULL,"
    " tag {text} NOT NULL, at BIGINT NOT NULL)",

    // The current version of each alert. closed_at: 0 while open. published_at: 0 before.
    // interrupts: 1 if it counts
    // towards the notices of a ward.
    "CREATE TABLE alert (id {text} PRIMARY KEY, version BIGINT NOT NULL, caller {text} NOT NULL,"
    " source_key {text} NOT NULL, published_at BIGINT NOT NULL, closed_at BIGINT NOT NULL, "
    "interrupts BIGINT NOT NULL,"
    " payload {text} NOT NULL, signature {text} NOT NULL, key_id {text} NOT NULL)",
    "CREATE INDEX alert_closed_at ON alert (closed_at)",
    "CREATE INDEX alert_published_at ON alert (published_at)",
    "CREATE UNIQUE INDEX alert_open_source ON alert (caller, source_key) WHERE source_key <> '' "
    "AND closed_at = 0",
    "CREATE TABLE alert_version (alert_id {text} NOT NULL REFERENCES alert (id), version BIGINT "
    "NOT NULL,"
    " at BIGINT NOT NULL, payload {text} NOT NULL, signature {text} NOT NULL, key_id {text} NOT "
    "NULL,"
    " PRIMARY KEY (alert_id, version))",
    "CREATE TABLE alert_expected (alert_id {text} NOT NULL REFERENCES alert (id), ward_id {text} "
    "NOT NULL,"
    " endpoints BIGINT NOT NULL, PRIMARY KEY (alert_id, ward_id))",
    // What makes a retry safe; kept 24 h.
    "CREATE TABLE request (caller {text} NOT NULL, method {text} NOT NULL, request_id {text} NOT "
    "NULL,"
    " hash {text} NOT NULL, alert_id {text} NOT NULL, version BIGINT NOT NULL, at BIGINT NOT NULL,"
    " PRIMARY KEY (caller, method, request_id))",
    "CREATE INDEX request_at ON request (at)",

    // The journal. kind: v1::Receipt::Kind. body: v1::WardAnswer without answer_version.
    "CREATE TABLE journal_head (one BIGINT PRIMARY KEY CHECK (one = 1), version BIGINT NOT NULL)",
    "CREATE TABLE receipt (alert_id {text} NOT NULL, round BIGINT NOT NULL, endpoint_id {text} NOT "
    "NULL,"
    " kind BIGINT NOT NULL, ward_id {text} NOT NULL, endpoint_at BIGINT NOT NULL, at BIGINT NOT "
    "NULL,"
    " PRIMARY KEY (alert_id, round, endpoint_id, kind))",
    "CREATE TABLE answer (id {text} PRIMARY KEY, answer_version BIGINT NOT NULL, ordinal BIGINT "
    "NOT NULL,"
    " alert_id {text} NOT NULL, ward_id {text} NOT NULL, round BIGINT NOT NULL, endpoint_id {text} "
    "NOT NULL,"
    " at BIGINT NOT NULL, body {text} NOT NULL)",
    "CREATE INDEX answer_by_version ON answer (answer_version, ordinal)",
    "CREATE INDEX answer_by_alert ON answer (alert_id)",
    // Sums, one row a broker so that brokers never wait for each other. changed: the journal's
    // version.
    "CREATE TABLE progress (alert_id {text} NOT NULL, round BIGINT NOT NULL, ward_id {text} NOT "
    "NULL,"
    " broker {text} NOT NULL, delivered BIGINT NOT NULL, displayed BIGINT NOT NULL, seen BIGINT "
    "NOT NULL,"
    " changed BIGINT NOT NULL, PRIMARY KEY (alert_id, round, ward_id, broker))",
    "CREATE INDEX progress_changed ON progress (changed)",

    // kind: the name of the list in DirectoryContent. body: the serialised message.
    "CREATE TABLE directory_item (kind {text} NOT NULL, id {text} NOT NULL, body {text} NOT NULL,"
    " PRIMARY KEY (kind, id))",
    // hash: SHA-256 in hexadecimal; the token itself is nowhere.
    "CREATE TABLE token (owner {text} PRIMARY KEY, hash {text} NOT NULL UNIQUE, at BIGINT NOT "
    "NULL)",

    "INSERT INTO log_head (one, sequence, tag) VALUES (1, 0, '')",
    "INSERT INTO journal_head (one, version) VALUES (1, 0)",
    "INSERT INTO meta (name, value) VALUES ('generation', '1'), ('signing_key_id', ''), "
    "('directory_sequence', '0'),"
    " ('schema', '0')",
};

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
    // Ends with the transaction. The number is ours alone: "wardcast" in ASCII.
    connection.Execute("SELECT CAST(pg_advisory_xact_lock(8602279480478397300) AS TEXT)");
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
  if (current < 1) {
    for (const char* statement : kFirstSchema)
      connection.Execute(ForDialect(statement, connection.dialect()));
    const std::string log_id = NewUlid(now);
    connection.Execute("INSERT INTO meta (name, value) VALUES ('log_id', :id)", log_id);
  }
  if (current < kSchemaVersion) {
    const std::string version = std::to_string(kSchemaVersion);
    connection.Execute("UPDATE meta SET value = :version WHERE name = 'schema'", version);
  }
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
