#include "server/store/alerts/attached_sources.h"

#include "server/store/alert_row.h"

namespace wardcast {

void AttachSource(Connection& connection, const std::string& caller, const std::string& source_key,
                  const std::string& alert_id, TimePoint now) {
  connection.Execute(
      "INSERT INTO attached_source (caller, source_key, alert_id, at)"
      " VALUES (:caller, :key, :alert, :at) ON CONFLICT (caller, source_key) DO UPDATE SET"
      " alert_id = excluded.alert_id, at = excluded.at",
      caller, source_key, alert_id, ToMillis(now));
}

std::optional<std::string> ReadAttached(Connection& connection, const std::string& caller,
                                        const std::string& source_key) {
  const auto rows = connection.Read<std::string>(
      "SELECT a.id FROM attached_source s JOIN alert a ON a.id = s.alert_id"
      " WHERE s.caller = :caller AND s.source_key = :key AND a.closed_at = 0",
      caller, source_key);
  if (rows.empty()) return std::nullopt;
  return std::get<0>(rows.front());
}

}  // namespace wardcast
