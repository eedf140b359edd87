// Retention: what is removed when, in small transactions, each with a line of what it removed.
#include <array>
#include <chrono>

#include "server/store/alert_row.h"
#include "server/store/sql_store.h"
#include "server/store/transaction.h"

namespace wardcast {
namespace {

using std::chrono::days;

// Six years (45 CFR 164.316) for what is evidence; receipts of single endpoints, and when an
// endpoint was last seen, 400 days.
constexpr days kEvidenceKept{6 * 365 + 2};
constexpr days kReceiptsKept{400};

// Removes rows and writes down what it removed, up to a number of rows.
class Sweeper {
 public:
  Sweeper(Connection& connection, std::string broker, int limit, TimePoint now)
      : connection_(connection), broker_(std::move(broker)), left_(limit), now_(now) {}

  // `key` and `old` make "DELETE FROM table WHERE (key) IN (SELECT key FROM table WHERE old LIMIT
  // …)"; `old` has one parameter, the moment before which something is old.
  void Remove(const std::string& table, const std::string& key, const std::string& old,
              std::int64_t before) {
    if (left_ <= 0) return;
    const std::int64_t removed = connection_.Execute(
        "DELETE FROM " + table + " WHERE (" + key + ") IN (SELECT " + key + " FROM " + table +
            " WHERE " + old + " LIMIT " + std::to_string(left_) + ")",
        before);
    Note(table, before, removed);
  }

  // The rows of one alert that are in `table`.
  void RemoveOf(const std::string& alert_id, const std::string& table, const std::string& key,
                std::int64_t before) {
    if (left_ <= 0) return;
    const std::string column = table == "alert" ? "id" : "alert_id";
    const std::int64_t removed = connection_.Execute(
        "DELETE FROM " + table + " WHERE (" + key + ") IN (SELECT " + key + " FROM " + table +
            " WHERE " + column + " = :alert LIMIT " + std::to_string(left_) + ")",
        alert_id);
    Note(table, before, removed);
  }

  int left() const { return left_; }

 private:
  void Note(const std::string& table, std::int64_t before, std::int64_t removed) {
    if (removed == 0) return;
    left_ -= static_cast<int>(removed);
    const std::int64_t day = ToMillis(std::chrono::floor<days>(now_));
    connection_.Execute(
        "INSERT INTO retention_run (day, broker, what, older_than, removed)"
        " VALUES (:day, :broker, :what, :before, :removed)"
        " ON CONFLICT (day, broker, what) DO UPDATE SET older_than = excluded.older_than,"
        " removed = retention_run.removed + excluded.removed",
        day, broker_, table, before, removed);
  }

  Connection& connection_;
  const std::string broker_;
  int left_;
  const TimePoint now_;
};

// Alerts that closed long ago, with all that belongs to them; an alert goes when nothing of it is
// left.
void RemoveAlerts(Connection& connection, Sweeper& sweeper, std::int64_t before) {
  // More than these cannot be removed now.
  const auto alerts = connection.Read<std::string>(
      "SELECT id FROM alert WHERE closed_at > 0 AND closed_at < :before ORDER BY closed_at LIMIT " +
          std::to_string(sweeper.left()),
      before);
  for (const auto& [id] : alerts) {
    sweeper.RemoveOf(id, "receipt", "alert_id, round, endpoint_id, kind", before);
    sweeper.RemoveOf(id, "answer", "id", before);
    sweeper.RemoveOf(id, "progress", "alert_id, round, ward_id, broker", before);
    sweeper.RemoveOf(id, "step", "alert_id, round, step, target", before);
    sweeper.RemoveOf(id, "attached_source", "caller, source_key", before);
    sweeper.RemoveOf(id, "alert_expected", "alert_id, ward_id", before);
    sweeper.RemoveOf(id, "alert_version", "alert_id, version", before);
    sweeper.RemoveOf(id, "alert", "id", before);
    if (sweeper.left() <= 0) return;
  }
}

}  // namespace

Result<int> SqlStore::Sweep(const std::string& broker_id, int limit, TimePoint now) {
  return Write([&](Connection& connection) -> Result<int> {
    const std::int64_t evidence = ToMillis(now - kEvidenceKept);
    const std::int64_t receipts = ToMillis(now - kReceiptsKept);
    Sweeper sweeper(connection, broker_id, limit, now);
    sweeper.Remove("receipt", "alert_id, round, endpoint_id, kind", "at < :before ORDER BY at",
                   receipts);
    sweeper.Remove("presence", "endpoint_id, broker",
                   "gone_at > 0 AND gone_at < :before ORDER BY gone_at", receipts);
    // A broker that is no more took its sessions with it.
    sweeper.Remove("presence", "endpoint_id, broker",
                   "broker IN (SELECT id FROM broker WHERE seen_at < :before)", receipts);
    sweeper.Remove(
        "broker", "id",
        "seen_at < :before AND NOT EXISTS (SELECT 1 FROM presence p WHERE p.broker = broker.id)",
        receipts);
    sweeper.Remove("membership", "endpoint_id, since_at",
                   "until_at > 0 AND until_at < :before ORDER BY until_at", evidence);
    if (sweeper.left() > 0) RemoveAlerts(connection, sweeper, evidence);
    // From the log's beginning on, and never its head; `at` has no index, the first entries do.
    sweeper.Remove("log_entry", "sequence",
                   "at < :before AND sequence < (SELECT sequence FROM log_head) AND sequence < "
                   "(SELECT MIN(sequence) FROM log_entry) + " +
                       std::to_string(limit) + " ORDER BY sequence",
                   evidence);
    return limit - sweeper.left();
  });
}

}  // namespace wardcast
