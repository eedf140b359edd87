#include "agent/disk/schema.h"

#include <fmt/format.h>

namespace wardcast::agent {
namespace {

constexpr const char* kCreate = R"sql(
BEGIN IMMEDIATE;
CREATE TABLE alert (alert_id TEXT PRIMARY KEY, payload BLOB NOT NULL, signature BLOB NOT NULL, key_id TEXT NOT NULL)
  STRICT;
CREATE TABLE answer (alert_id TEXT NOT NULL, ward_id TEXT NOT NULL, answer_version INTEGER NOT NULL,
  message BLOB NOT NULL, PRIMARY KEY (alert_id, ward_id, answer_version)) STRICT;
CREATE TABLE attention (alert_id TEXT NOT NULL, round INTEGER NOT NULL, stage INTEGER NOT NULL,
  version INTEGER NOT NULL, displayed INTEGER NOT NULL, seen INTEGER NOT NULL, answered INTEGER NOT NULL,
  touched INTEGER NOT NULL, PRIMARY KEY (alert_id, round, stage)) STRICT;
CREATE TABLE outbox (id TEXT PRIMARY KEY, is_receipt INTEGER NOT NULL, message BLOB NOT NULL, state INTEGER NOT NULL,
  log_id TEXT NOT NULL, generation INTEGER NOT NULL, refusal TEXT NOT NULL) STRICT;
CREATE TABLE sync_point (id INTEGER PRIMARY KEY CHECK (id = 1), log_id TEXT NOT NULL, generation INTEGER NOT NULL,
  sequence INTEGER NOT NULL) STRICT;
CREATE TABLE fact (name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT;
PRAGMA user_version = 1;
COMMIT;
)sql";

Result<std::int64_t> One(Database& database, const char* sql) {
  auto statement = database.Prepare(sql);
  if (!statement) return std::unexpected(statement.error());
  const auto row = statement->Step();
  if (!row) return std::unexpected(row.error());
  return statement->Integer(0);
}

Result<void> Check(Database& database) {
  auto check = database.Prepare("PRAGMA quick_check(1)");
  if (!check) return std::unexpected(check.error());
  const auto row = check->Step();
  if (!row) return std::unexpected(row.error());
  const std::string verdict = check->Bytes(0);
  if (verdict != "ok") return Fail(Code::kDataLoss, verdict);
  return {};
}

}  // namespace

Result<void> PrepareSchema(Database& database, TimePoint now) {
  if (auto checked = Check(database); !checked) return checked;
  const auto version = One(database, "PRAGMA user_version");
  if (!version) return std::unexpected(version.error());
  if (*version > kCacheSchema) {
    return Fail(Code::kFailedPrecondition,
                fmt::format("schema {} is newer than this agent's {}", *version, kCacheSchema));
  }
  if (*version == 0) {
    const auto tables = One(database, "SELECT count(*) FROM sqlite_master");
    if (!tables) return std::unexpected(tables.error());
    if (*tables != 0) return Fail(Code::kDataLoss, "not a cache of this program");
    return database.Execute(kCreate);
  }
  auto purge = database.Prepare(
      "DELETE FROM attention WHERE touched < ?1 AND alert_id NOT IN (SELECT alert_id FROM alert)");
  if (!purge) return std::unexpected(purge.error());
  purge->Bind(1, (now - std::chrono::days(8)).time_since_epoch().count());
  return purge->Run();
}

}  // namespace wardcast::agent
