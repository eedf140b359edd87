#include "server/store/sql_store.h"

#include "base/bytes.h"
#include "base/log.h"
#include "base/proto_time.h"
#include "server/store/alert_row.h"
#include "server/store/alerts/attached_sources.h"
#include "server/store/alerts/step_log.h"
#include "server/store/copies/copy.h"
#include "server/store/transaction.h"

namespace wardcast {

Sequence NextSequence(Connection& connection, const std::string& tag) {
  const auto rows = connection.Read<std::int64_t>(
      "UPDATE log_head SET sequence = sequence + 1, tag = :tag WHERE one = 1 RETURNING sequence",
      tag);
  return std::get<0>(rows.at(0));
}

void AppendEntry(Connection& connection, const LogEntry& entry) {
  const auto kind = static_cast<std::int64_t>(entry.kind);
  connection.Execute(
      "INSERT INTO log_entry (sequence, kind, alert_id, tag, at) VALUES (:sequence, :kind, :alert, "
      ":tag, :at)",
      entry.sequence, kind, entry.alert_id, entry.tag, ToMillis(entry.at));
}

void AppendAccessEntry(Connection& connection, TimePoint now) {
  LogEntry entry{
      .sequence = 0, .kind = EntryKind::kAccess, .alert_id = "", .tag = RandomHex(8), .at = now};
  entry.sequence = NextSequence(connection, entry.tag);
  AppendEntry(connection, entry);
}

Result<LogHead> SqlStore::Head() {
  auto head = Read([](Connection& connection) -> Result<LogHead> {
    const auto [sequence, tag, journal, journal_tag, log_id, generation] =
        connection
            .Read<std::int64_t, std::string, std::int64_t, std::string, std::string, std::string>(
                "SELECT h.sequence, h.tag, j.version, j.tag, l.value, g.value FROM log_head h "
                "CROSS "
                "JOIN journal_head j CROSS JOIN meta l CROSS JOIN meta g"
                " WHERE l.name = 'log_id' AND g.name = 'generation'")
            .at(0);
    return LogHead{.sequence = sequence,
                   .tag = tag,
                   .journal = journal,
                   .journal_tag = journal_tag,
                   .log = {.log_id = log_id, .generation = std::stoll(generation)}};
  });
  if (head) Remember(head->log);
  return head;
}

Result<std::vector<LogEntry>> SqlStore::ReadLog(Sequence after, int limit) {
  return Read([&](Connection& connection) -> Result<std::vector<LogEntry>> {
    std::vector<LogEntry> entries;
    for (auto& [sequence, kind, alert_id, tag, at] :
         connection.Read<std::int64_t, std::int64_t, std::string, std::string, std::int64_t>(
             "SELECT sequence, kind, alert_id, tag, at FROM log_entry WHERE sequence > :after "
             "ORDER BY sequence"
             " LIMIT " +
                 std::to_string(limit),
             after)) {
      entries.push_back({.sequence = sequence,
                         .kind = static_cast<EntryKind>(kind),
                         .alert_id = alert_id,
                         .tag = tag,
                         .at = FromMillis(at)});
    }
    return entries;
  });
}

Result<TimePoint> SqlStore::Now() {
  if (parts_.config.postgresql.empty())
    return parts_.config.clock != nullptr ? parts_.config.clock->Now() : clock_.Now();
  return Read([](Connection& connection) -> Result<TimePoint> {
    return FromMillis(std::get<0>(
        connection.Read<std::int64_t>("SELECT CAST(EXTRACT(EPOCH FROM now()) * 1000 AS BIGINT)")
            .at(0)));
  });
}

Result<std::vector<RecordedStep>> SqlStore::LoadSteps(const std::string& alert_id) {
  return Read([&](Connection& connection) -> Result<std::vector<RecordedStep>> {
    return ReadSteps(connection, alert_id);
  });
}

Result<std::optional<std::string>> SqlStore::FindAttached(const std::string& caller,
                                                          const std::string& source_key) {
  return Read([&](Connection& connection) -> Result<std::optional<std::string>> {
    return ReadAttached(connection, caller, source_key);
  });
}

Result<std::optional<std::string>> SqlStore::FindTokenOwner(const std::string& token_hash) {
  return Read([&](Connection& connection) -> Result<std::optional<std::string>> {
    const auto rows =
        connection.Read<std::string>("SELECT owner FROM token WHERE hash = :hash", token_hash);
    if (rows.empty()) return std::nullopt;
    return std::get<0>(rows.front());
  });
}

Result<void> SqlStore::PutToken(const std::string& owner, const std::string& token_hash,
                                TimePoint now) {
  return Write([&](Connection& connection) -> Result<void> {
    connection.Execute(
        "INSERT INTO token (owner, hash, at) VALUES (:owner, :hash, :at)"
        " ON CONFLICT (owner) DO UPDATE SET hash = excluded.hash, at = excluded.at",
        owner, token_hash, ToMillis(now));
    return {};
  });
}

Result<std::string> SqlStore::SigningKeyId() {
  return Read([](Connection& connection) -> Result<std::string> {
    return std::get<0>(
        connection.Read<std::string>("SELECT value FROM meta WHERE name = 'signing_key_id'").at(0));
  });
}

Result<void> SqlStore::SetSigningKeyId(const std::string& key_id) {
  return Write([&](Connection& connection) -> Result<void> {
    connection.Execute("UPDATE meta SET value = :id WHERE name = 'signing_key_id'", key_id);
    return {};
  });
}

Result<std::uint64_t> SqlStore::Backup(const std::filesystem::path& file) {
  return parts_.config.postgresql.empty()
             ? CopySqlite(parts_.config.data_dir / "wardcast.db", file, parts_.config.timeout)
             : DumpPostgresql(parts_.config.postgresql, file);
}

WriteHealth SqlStore::Writes() const {
  const MutexLock lock(mu_);
  if (!failing_since_) return {};
  return {false, fmt::format("since {} nothing can be written: {}. Publishing and acknowledgements "
                             "are refused or wait at the endpoints; what was accepted goes on",
                             ToRfc3339(*failing_since_), failure_)};
}

void SqlStore::NoteWrite(const Error* error) {
  const MutexLock lock(mu_);
  // kInternal: what the database says and we do not know.
  if (!error || (!IsOutage(error->code) && error->code != Code::kInternal)) {
    if (failing_since_) SPDLOG_INFO("the store can be written again");
    failing_since_.reset();
    return;
  }
  failure_ = error->message;
  if (failing_since_) return;
  failing_since_ = clock_.Now();
  SPDLOG_ERROR("the store cannot be written: {}", LogSafe(failure_));
}

}  // namespace wardcast
