// The membership history: written by each import, read for what was expected at some time.
#include "server/store/membership.h"

#include <algorithm>

#include "server/store/alert_row.h"
#include "server/store/sql_store.h"
#include "server/store/transaction.h"

namespace wardcast {

void KeepMembership(Connection& connection, TimePoint now) {
  // Intervals follow each other, whatever the clock says.
  const auto [since, until] = connection
                                  .Read<std::int64_t, std::int64_t>(
                                      "SELECT COALESCE(MAX(since_at), 0), COALESCE(MAX(until_at), "
                                      "0) FROM membership")
                                  .at(0);
  const std::int64_t at = std::max({ToMillis(now), since + 1, until});
  connection.Execute(
      "UPDATE membership SET until_at = :at WHERE until_at = 0 AND NOT EXISTS"
      " (SELECT 1 FROM directory_item d WHERE d.kind = 'endpoint' AND d.id = membership.endpoint_id"
      " AND d.body = membership.body)",
      at);
  connection.Execute(
      "INSERT INTO membership (endpoint_id, since_at, until_at, body)"
      " SELECT d.id, CAST(:at AS BIGINT), 0, d.body FROM directory_item d WHERE d.kind = 'endpoint'"
      " AND NOT EXISTS (SELECT 1 FROM membership m WHERE m.endpoint_id = d.id AND m.until_at = 0)",
      at);
}

Result<std::vector<MembershipRow>> SqlStore::LoadMembership(TimePoint from, TimePoint to) {
  return Read([&](Connection& connection) -> Result<std::vector<MembershipRow>> {
    const std::int64_t begin = ToMillis(from);
    const std::int64_t end = std::max(ToMillis(to), begin + 1);
    std::vector<MembershipRow> rows;
    for (const auto& [since, until, body] :
         connection.Read<std::int64_t, std::int64_t, std::string>(
             "SELECT since_at, until_at, body FROM membership"
             " WHERE (until_at = 0 OR until_at > :begin) AND since_at < :end"
             " ORDER BY endpoint_id, since_at",
             begin, end)) {
      auto endpoint = DecodeMessage<v1::Endpoint>(body);
      if (!endpoint) return std::unexpected(endpoint.error());
      rows.push_back({.endpoint = std::move(*endpoint),
                      .since = FromMillis(since),
                      .until = FromMillis(until)});
    }
    return rows;
  });
}

}  // namespace wardcast
