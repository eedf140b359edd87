// Lives of the log: which one it is, and how the next one begins.
#include <algorithm>
#include <chrono>

#include "base/bytes.h"
#include "server/store/alert_row.h"
#include "server/store/alerts/put_alert.h"
#include "server/store/sql_store.h"
#include "server/store/transaction.h"

namespace wardcast {
namespace {

constexpr const char* kCurrentAlerts = "closed_at = 0 OR closed_at >= :since";

// The same alert under the next version; what is signed names its generation.
void Reseal(Connection& connection, StoredAlert stored, const LogIdentity& log,
            const SealAlert& seal, TimePoint now) {
  const std::string tag = RandomHex(8);
  const Sequence version = NextSequence(connection, tag);
  stored.alert.set_log_id(log.log_id);
  stored.alert.set_generation(log.generation);
  stored.alert.set_version(version);
  stored.sealed = seal(stored.alert);
  connection.Execute(
      "UPDATE alert SET version = :version, payload = :payload, signature = :signature, key_id = "
      ":key WHERE id = :id",
      version, ToBase64(stored.sealed.payload()), ToBase64(stored.sealed.signature()),
      stored.sealed.key_id(), stored.alert.id());
  InsertVersion(connection, stored, "", now);  // nobody wrote it
  AppendEntry(connection, {.sequence = version,
                           .kind = EntryKind::kAlert,
                           .alert_id = stored.alert.id(),
                           .tag = tag,
                           .at = now});
}

}  // namespace

LogIdentity ReadIdentity(Connection& connection) {
  LogIdentity log;
  for (const auto& [name, value] : connection.Read<std::string, std::string>(
           "SELECT name, value FROM meta WHERE name IN ('log_id', 'generation')")) {
    if (name == "log_id") log.log_id = value;
    if (name == "generation") log.generation = std::stoll(value);
  }
  return log;
}

LogIdentity SqlStore::identity() const {
  const MutexLock lock(mu_);
  return identity_;
}

std::string SqlStore::suspicion() const {
  const MutexLock lock(mu_);
  return suspicion_;
}

void SqlStore::Remember(const LogIdentity& log) {
  const MutexLock lock(mu_);
  identity_ = log;
}

Result<LogIdentity> SqlStore::TakeGeneration(std::int64_t seen, TimePoint closed_since,
                                             const SealAlert& seal, TimePoint now) {
  const auto taken = Write([&](Connection& connection) -> Result<LogIdentity> {
    const std::string lock = ForUpdate(connection.dialect());
    const std::int64_t since = ToMillis(closed_since);
    // In the order of a change, so that neither waits for the other crosswise: alerts, then the
    // head, which nobody passes until the commit.
    connection.Read<std::string>(
        std::string("SELECT id FROM alert WHERE ") + kCurrentAlerts + " ORDER BY id" + lock, since);
    connection.Read<std::int64_t>("SELECT sequence FROM log_head WHERE one = 1" + lock);
    LogIdentity log = ReadIdentity(connection);
    if (log.generation != seen) return log;
    log.generation = std::max(seen + 1, ToMillis(now) / 1000);
    connection.Execute("UPDATE meta SET value = :generation WHERE name = 'generation'",
                       std::to_string(log.generation));
    connection.Execute("UPDATE meta SET value = :place WHERE name = 'place'", parts_.place);
    auto alerts = DecodeAlerts(connection.Read<std::string, std::string, std::string>(
        std::string("SELECT ") + kSealedColumns + " FROM alert WHERE " + kCurrentAlerts +
            " ORDER BY id",
        since));
    if (!alerts) return std::unexpected(alerts.error());
    for (StoredAlert& stored : *alerts) Reseal(connection, std::move(stored), log, seal, now);
    return log;
  });
  if (!taken) return taken;
  const MutexLock lock(mu_);
  identity_ = *taken;
  suspicion_.clear();
  return taken;
}

}  // namespace wardcast
