// The writing half of Cache: one statement for each kind of record.
#include <utility>

#include "agent/disk/cache.h"

namespace wardcast::agent {
namespace {

// Binds and runs a statement for each element of a list; prepares nothing for an empty one.
template <class List, class Bind>
Result<void> ForEach(Database& database, const List& list, const char* sql, Bind bind) {
  if (list.empty()) return {};
  auto statement = database.Prepare(sql);
  if (!statement) return std::unexpected(statement.error());
  for (const auto& element : list) {
    bind(*statement, element);
    if (auto done = statement->Run(); !done) return done;
  }
  return {};
}

Result<void> PutFact(Database& database, std::string_view name, std::string_view value) {
  auto statement = database.Prepare("INSERT OR REPLACE INTO fact (name, value) VALUES (?1, ?2)");
  if (!statement) return std::unexpected(statement.error());
  return statement->BindText(1, name).BindBlob(2, value).Run();
}

Result<void> PutFacts(Database& database, const CacheChange& change) {
  if (change.settings) {
    if (auto done = PutFact(database, "settings", change.settings->SerializeAsString()); !done)
      return done;
  }
  if (change.procedures) {
    if (auto done = PutFact(database, "procedures", change.procedures->SerializeAsString()); !done)
      return done;
  }
  if (!change.last_confirmed) return {};
  return PutFact(database, "last_confirmed",
                 std::to_string(change.last_confirmed->time_since_epoch().count()));
}

Result<void> WriteOutbox(Database& database, const OutboxChange& change) {
  const auto put = [](Statement& statement, const OutboxItem& item) {
    const bool receipt = std::holds_alternative<v1::Receipt>(item.report);
    const std::string message =
        std::visit([](const auto& report) { return report.SerializeAsString(); }, item.report);
    statement.BindText(1, item.id()).Bind(2, receipt ? 1 : 0).BindBlob(3, message);
    statement.Bind(4, static_cast<std::int64_t>(item.state)).BindText(5, item.log_id);
    statement.Bind(6, item.generation).BindText(7, item.refusal);
  };
  if (auto done = ForEach(database, change.put,
                          "INSERT OR REPLACE INTO outbox (id, is_receipt, message, state, log_id, "
                          "generation, refusal)"
                          " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                          put);
      !done) {
    return done;
  }
  return ForEach(database, change.remove, "DELETE FROM outbox WHERE id = ?1",
                 [](Statement& statement, const std::string& id) { statement.BindText(1, id); });
}

}  // namespace

Result<void> Cache::Write(const CacheChange& change) {
  const auto by_id = [](Statement& statement, const std::string& id) { statement.BindText(1, id); };
  auto done =
      ForEach(database_, change.remove_alerts, "DELETE FROM alert WHERE alert_id = ?1", by_id);
  if (done)
    done =
        ForEach(database_, change.remove_alerts, "DELETE FROM answer WHERE alert_id = ?1", by_id);
  if (done) {
    done = ForEach(database_, change.put_alerts,
                   "INSERT OR REPLACE INTO alert (alert_id, payload, signature, key_id) VALUES "
                   "(?1, ?2, ?3, ?4)",
                   [](Statement& statement, const std::pair<std::string, SignedBytes>& alert) {
                     statement.BindText(1, alert.first).BindBlob(2, alert.second.payload);
                     statement.BindBlob(3, alert.second.signature).BindText(4, alert.second.key_id);
                   });
  }
  if (done) {
    done = ForEach(
        database_, change.answers,
        "INSERT OR REPLACE INTO answer (alert_id, ward_id, answer_version, message) VALUES (?1, "
        "?2, ?3, ?4)",
        [](Statement& statement, const v1::WardAnswer& answer) {
          statement.BindText(1, answer.alert_id()).BindText(2, answer.ward_id());
          statement.Bind(3, answer.answer_version()).BindBlob(4, answer.SerializeAsString());
        });
  }
  if (done) {
    done =
        ForEach(database_, change.attentions,
                "INSERT OR REPLACE INTO attention (alert_id, round, stage, version, displayed, "
                "seen, answered, touched)"
                " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, CAST((julianday('now') - 2440587.5) * "
                "86400000 AS INTEGER))",
                [](Statement& statement, const std::pair<Call, Attention>& entry) {
                  const auto& [call, attention] = entry;
                  statement.BindText(1, call.alert_id).Bind(2, call.round);
                  statement.Bind(3, call.stage == Stage::kOpen ? 0 : 1).Bind(4, attention.version);
                  statement.Bind(5, attention.displayed)
                      .Bind(6, attention.seen)
                      .Bind(7, attention.answered);
                });
  }
  if (done) done = WriteOutbox(database_, change.outbox);
  if (done && change.sync_point) {
    auto statement = database_.Prepare(
        "INSERT OR REPLACE INTO sync_point (id, log_id, generation, sequence) VALUES (1, ?1, ?2, "
        "?3)");
    if (!statement) return std::unexpected(statement.error());
    const SyncPoint& point = *change.sync_point;
    done = statement->BindText(1, point.log_id)
               .Bind(2, point.generation)
               .Bind(3, point.sequence)
               .Run();
  }
  if (done) done = PutFacts(database_, change);
  return done;
}

}  // namespace wardcast::agent
