#include "server/store/alerts/editors.h"

#include <algorithm>

namespace wardcast {

std::vector<std::string> ReadEditors(Connection& connection, const std::string& alert_id) {
  // Versions of earlier schemas do not say whose they are; the alert says who created it.
  const auto rows = connection.Read<std::string>(
      "SELECT w.caller FROM (SELECT caller, 0 AS version FROM alert WHERE id = :id"
      " UNION ALL SELECT caller, version FROM alert_version WHERE alert_id = :version_of) w"
      " ORDER BY w.version",
      alert_id, alert_id);
  std::vector<std::string> editors;
  for (const auto& [caller] : rows) {
    if (!caller.empty() && std::ranges::find(editors, caller) == editors.end())
      editors.push_back(caller);
  }
  return editors;
}

std::optional<std::string> CreatorOf(Connection& connection, const std::string& alert_id) {
  const auto rows =
      connection.Read<std::string>("SELECT caller FROM alert WHERE id = :id", alert_id);
  if (rows.empty()) return std::nullopt;
  return std::get<0>(rows.front());
}

}  // namespace wardcast
