#include "server/store/alerts/same_matter.h"

#include <string>

#include "server/store/alert_row.h"
#include "server/store/alerts/attached_sources.h"

namespace wardcast {
namespace {

Result<std::optional<StoredAlert>> FindSealed(Connection& connection, const std::string& id) {
  const auto rows = connection.Read<std::string, std::string, std::string>(
      std::string("SELECT ") + kSealedColumns + " FROM alert WHERE id = :id", id);
  if (rows.empty()) return std::nullopt;
  auto stored = DecodeAlert(rows.front());
  if (!stored) return std::unexpected(stored.error());
  return std::move(*stored);
}

}  // namespace

void LockMatters(Connection& connection) {
  if (connection.dialect() == Dialect::kSqlite) return;
  // Ends with the transaction. The number is ours alone: "wardmatt" in ASCII.
  connection.Execute("SELECT CAST(pg_advisory_xact_lock(8602282538911757428) AS TEXT)");
}

Result<std::optional<StoredAlert>> FindSameMatter(Connection& connection,
                                                  const AlertChange& change) {
  const SameMatter& matter = *change.same_matter;
  if (matter.then == SameMatter::Then::kAttach) {
    if (const auto attached = ReadAttached(connection, change.caller, change.source_key))
      return FindSealed(connection, *attached);
  }
  // Only what they say: what is found is read whole.
  for (const auto& [id, creator, payload] : connection.Read<std::string, std::string, std::string>(
           "SELECT id, caller, payload FROM alert WHERE closed_at = 0 AND draft = 0"
           " ORDER BY id DESC")) {
    const auto open = DecodeMessage<v1::Alert>(payload);
    if (!open) return std::unexpected(open.error());
    if (matter.is(*open, creator)) return FindSealed(connection, id);
  }
  return std::nullopt;
}

}  // namespace wardcast
