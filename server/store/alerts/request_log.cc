#include "server/store/alerts/request_log.h"

#include <chrono>
#include <cstdint>
#include <string>

namespace wardcast {
namespace {

constexpr auto kRequestsKept = std::chrono::hours(24);

}  // namespace

void ForgetOldRequests(Connection& connection, TimePoint now) {
  connection.Execute(
      "DELETE FROM request WHERE (caller, method, request_id) IN"
      " (SELECT caller, method, request_id FROM request WHERE at < :before ORDER BY at LIMIT 20)",
      ToMillis(now - kRequestsKept));
}

Result<std::optional<SealedRow>> FindRequest(Connection& connection, const AlertChange& change) {
  const auto requests = connection.Read<std::string, std::string, std::int64_t>(
      "SELECT hash, alert_id, version FROM request"
      " WHERE caller = :caller AND method = :method AND request_id = :request",
      change.caller, change.method, change.request_id);
  if (requests.empty()) return std::nullopt;
  const auto& [hash, alert_id, version] = requests.front();
  if (hash != change.content_hash) {
    return Fail(Code::kAlreadyExists,
                "request_id " + change.request_id +
                    " was used before with other content; take a new one for a new request");
  }
  const auto rows = connection.Read<std::string, std::string, std::string>(
      std::string("SELECT ") + kSealedColumns +
          " FROM alert_version WHERE alert_id = :id AND version = :version",
      alert_id, version);
  if (rows.empty())
    return Fail(Code::kDataLoss,
                "version " + std::to_string(version) + " of alert " + alert_id + " is missing");
  return rows.front();
}

void RememberRequest(Connection& connection, const AlertChange& change, const v1::Alert& alert) {
  if (change.request_id.empty() || alert.id().empty()) return;
  connection.Execute(
      "INSERT INTO request (caller, method, request_id, hash, alert_id, version, at)"
      " VALUES (:caller, :method, :request, :hash, :alert, :version, :at)",
      change.caller, change.method, change.request_id, change.content_hash, alert.id(),
      std::int64_t{alert.version()}, ToMillis(change.now));
}

}  // namespace wardcast
