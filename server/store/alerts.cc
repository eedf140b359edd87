// Reading alerts.
#include "server/store/alert_row.h"
#include "server/store/alerts/editors.h"
#include "server/store/sql/json_rows.h"
#include "server/store/sql_store.h"
#include "server/store/transaction.h"

namespace wardcast {
namespace {

std::unexpected<Error> NoSuchAlert(const std::string& alert_id) {
  return Fail(Code::kNotFound, "no such alert: " + alert_id);
}

}  // namespace

Result<StoredAlert> SqlStore::LoadAlert(const std::string& alert_id) {
  return Read([&](Connection& connection) -> Result<StoredAlert> {
    const auto rows = connection.Read<std::string, std::string, std::string>(
        std::string("SELECT ") + kSealedColumns + " FROM alert WHERE id = :id", alert_id);
    if (rows.empty()) return NoSuchAlert(alert_id);
    return DecodeAlert(rows.front());
  });
}

Result<std::vector<StoredAlert>> SqlStore::LoadAlerts(const std::vector<std::string>& ids) {
  JsonRows rows;
  for (const std::string& id : ids) {
    if (IsPlainText(id)) rows.Row().Text("wanted", id);
  }
  const std::string json = rows.Take();
  return Read([&](Connection& connection) {
    return DecodeAlerts(connection.Read<std::string, std::string, std::string>(
        std::string("SELECT ") + kSealedColumns + " FROM alert WHERE id IN (SELECT wanted FROM " +
            RowsOf(connection.dialect(), {{"wanted", JsonColumn::Type::kText}}) + ") ORDER BY id",
        json));
  });
}

Result<std::vector<StoredAlert>> SqlStore::LoadCurrent(TimePoint closed_since) {
  return Read([&](Connection& connection) {
    return DecodeAlerts(connection.Read<std::string, std::string, std::string>(
        std::string("SELECT ") + kSealedColumns +
            " FROM alert WHERE closed_at = 0 OR closed_at >= :since ORDER BY id",
        ToMillis(closed_since)));
  });
}

Result<std::vector<v1::Alert>> SqlStore::ListAlerts(AlertFilter filter, const std::string& before,
                                                    int limit) {
  return Read([&](Connection& connection) -> Result<std::vector<v1::Alert>> {
    std::string query = "SELECT payload FROM alert WHERE closed_at ";
    query += filter.closed ? ">= 0" : "= 0";
    if (!filter.drafts) query += " AND draft = 0";
    const std::string order = " ORDER BY id DESC LIMIT " + std::to_string(limit);
    const auto rows =
        before.empty() ? connection.Read<std::string>(query + order)
                       : connection.Read<std::string>(query + " AND id < :before" + order, before);
    std::vector<v1::Alert> alerts;
    for (const auto& [payload] : rows) {
      auto alert = DecodeMessage<v1::Alert>(payload);
      if (!alert) return std::unexpected(alert.error());
      alerts.push_back(std::move(*alert));
    }
    return alerts;
  });
}

Result<std::vector<StoredAlert>> SqlStore::LoadVersions(const std::string& alert_id) {
  return Read([&](Connection& connection) -> Result<std::vector<StoredAlert>> {
    const auto rows = connection.Read<std::string, std::string, std::string>(
        std::string("SELECT ") + kSealedColumns +
            " FROM alert_version WHERE alert_id = :id ORDER BY version",
        alert_id);
    if (rows.empty()) return NoSuchAlert(alert_id);
    return DecodeAlerts(rows);
  });
}

Result<std::vector<std::string>> SqlStore::LoadEditors(const std::string& alert_id) {
  return Read([&](Connection& connection) -> Result<std::vector<std::string>> {
    if (!CreatorOf(connection, alert_id)) return NoSuchAlert(alert_id);
    return ReadEditors(connection, alert_id);
  });
}

Result<std::vector<ExpectedWard>> SqlStore::LoadExpected(const std::string& alert_id) {
  return Read([&](Connection& connection) -> Result<std::vector<ExpectedWard>> {
    std::vector<ExpectedWard> wards;
    for (const auto& [ward_id, endpoints, since, until] :
         connection.Read<std::string, std::int64_t, std::int64_t, std::int64_t>(
             "SELECT ward_id, endpoints, since_at, until_at FROM alert_expected WHERE alert_id = "
             ":id ORDER BY ward_id",
             alert_id)) {
      wards.push_back({.ward_id = ward_id,
                       .endpoints = static_cast<int>(endpoints),
                       .since = FromMillis(since),
                       .until = FromMillis(until)});
    }
    return wards;
  });
}

Result<std::vector<std::pair<std::string, int>>> SqlStore::CountNotices(TimePoint since) {
  return Read([&](Connection& connection) -> Result<std::vector<std::pair<std::string, int>>> {
    std::vector<std::pair<std::string, int>> counts;
    for (const auto& [ward_id, count] : connection.Read<std::string, std::int64_t>(
             "SELECT e.ward_id, COUNT(*) FROM alert a JOIN alert_expected e ON e.alert_id = a.id"
             " WHERE a.interrupts = 1 AND a.published_at > 0 AND a.published_at >= :since AND "
             "e.ward_id <> ''"
             " GROUP BY e.ward_id ORDER BY e.ward_id",
             ToMillis(since))) {
      counts.emplace_back(ward_id, static_cast<int>(count));
    }
    return counts;
  });
}

}  // namespace wardcast
