// Presence in the store: each broker writes its own rows.
#include "server/store/presence.h"

#include <algorithm>
#include <map>
#include <string_view>

#include "server/store/alert_row.h"
#include "server/store/sql/json_rows.h"
#include "server/store/sql_store.h"
#include "server/store/transaction.h"

namespace wardcast {
namespace {

constexpr std::size_t kMostWords = 200;

// What an endpoint says of itself is only shown: it is made to fit instead of refused.
std::string Fitting(std::string_view text) {
  std::string fitting(text.substr(0, kMostWords));
  std::erase(fitting, '\0');
  // Cut at a character, not inside one.
  for (int i = 0; i < 4 && !IsPlainText(fitting); ++i) fitting.pop_back();
  return IsPlainText(fitting) ? fitting : "";
}

// A newer broker may have written a state that this one does not know.
v1::ScreenState::Value ToScreenState(std::int64_t stored) {
  const int value = static_cast<int>(std::clamp<std::int64_t>(stored, 0, 1'000));
  return v1::ScreenState::Value_IsValid(value) ? static_cast<v1::ScreenState::Value>(value)
                                               : v1::ScreenState::UNSPECIFIED;
}

void UpsertPresence(Connection& connection, const PresenceBatch& batch) {
  std::map<std::string_view, const PresenceRow*> sorted;
  for (const PresenceRow& row : batch.rows) {
    if (IsPlainText(row.endpoint_id)) sorted[row.endpoint_id] = &row;
  }
  if (sorted.empty()) return;
  JsonRows rows;
  for (const auto& [id, row] : sorted) {
    rows.Row()
        .Text("e", id)
        .Number("connected", ToMillis(row->connected_at))
        .Number("gone", ToMillis(row->gone_at))
        .Number("goodbye", row->goodbye ? 1 : 0)
        .Number("sessions", row->sessions)
        .Text("version", Fitting(row->agent_version))
        .Text("os", Fitting(row->os))
        .Text("host", Fitting(row->host))
        .Text("serial", Fitting(row->serial))
        .Number("screens", row->screens)
        .Number("skew", row->clock_skew.count())
        .Number("state", row->screen_state);
  }
  using enum JsonColumn::Type;
  connection.Execute(
      "INSERT INTO presence (endpoint_id, broker, connected_at, gone_at, goodbye, sessions, "
      "agent_version, os, host, serial, screens, clock_skew, screen_state)"
      " SELECT e, CAST(:broker AS TEXT), connected, gone, goodbye, sessions, version, os, host, "
      "serial, screens, skew, state FROM " +
          RowsOf(connection.dialect(), {{"e", kText},
                                        {"connected", kNumber},
                                        {"gone", kNumber},
                                        {"goodbye", kNumber},
                                        {"sessions", kNumber},
                                        {"version", kText},
                                        {"os", kText},
                                        {"host", kText},
                                        {"serial", kText},
                                        {"screens", kNumber},
                                        {"skew", kNumber},
                                        {"state", kNumber}}) +
          " WHERE 1 = 1 ON CONFLICT (endpoint_id, broker) DO UPDATE SET connected_at = "
          "excluded.connected_at, gone_at = excluded.gone_at, goodbye = excluded.goodbye, "
          "sessions = excluded.sessions,"
          " agent_version = excluded.agent_version, os = excluded.os, host = excluded.host,"
          " serial = excluded.serial, screens = excluded.screens,"
          " clock_skew = excluded.clock_skew, screen_state = excluded.screen_state",
      batch.broker_id, rows.Take());
}

}  // namespace

Result<void> SqlStore::PutPresence(const PresenceBatch& batch) {
  return Write([&](Connection& connection) -> Result<void> {
    if (batch.started) {
      const auto before = connection.Read<std::int64_t>("SELECT seen_at FROM broker WHERE id = :id",
                                                        batch.broker_id);
      const std::int64_t gone =
          std::max<std::int64_t>(1, before.empty() ? ToMillis(batch.now) : std::get<0>(before[0]));
      connection.Execute(
          "UPDATE presence SET gone_at = :gone, sessions = 0 WHERE broker = :broker AND gone_at = "
          "0",
          gone, batch.broker_id);
    }
    connection.Execute(
        "INSERT INTO broker (id, seen_at) VALUES (:id, :now)"
        " ON CONFLICT (id) DO UPDATE SET seen_at = excluded.seen_at",
        batch.broker_id, ToMillis(batch.now));
    UpsertPresence(connection, batch);
    return {};
  });
}

Result<std::vector<PresenceRow>> SqlStore::LoadPresence() {
  return Read([](Connection& connection) -> Result<std::vector<PresenceRow>> {
    std::vector<PresenceRow> rows;
    for (auto& [endpoint, broker, connected, gone, goodbye, sessions, version, os, host, serial,
                screens, skew, state, seen] :
         connection.Read<std::string, std::string, std::int64_t, std::int64_t, std::int64_t,
                         std::int64_t, std::string, std::string, std::string, std::string,
                         std::int64_t, std::int64_t, std::int64_t, std::int64_t>(
             "SELECT p.endpoint_id, p.broker, p.connected_at, p.gone_at, p.goodbye, p.sessions, "
             "p.agent_version, p.os, p.host, p.serial, p.screens, p.clock_skew, p.screen_state, "
             "b.seen_at"
             " FROM presence p JOIN broker b ON b.id = p.broker ORDER BY p.endpoint_id, "
             "p.broker")) {
      rows.push_back({.endpoint_id = endpoint,
                      .broker_id = broker,
                      .connected_at = FromMillis(connected),
                      .gone_at = FromMillis(gone),
                      .goodbye = goodbye != 0,
                      .sessions = static_cast<int>(sessions),
                      .agent_version = version,
                      .os = os,
                      .host = host,
                      .serial = serial,
                      .screens = static_cast<int>(screens),
                      .screen_state = ToScreenState(state),
                      .clock_skew = std::chrono::milliseconds(skew),
                      .broker_seen_at = FromMillis(seen)});
    }
    return rows;
  });
}

Result<std::vector<std::string>> SqlStore::LoadConnectedElsewhere(const std::string& broker_id,
                                                                  TimePoint alive_since) {
  return Read([&](Connection& connection) -> Result<std::vector<std::string>> {
    std::vector<std::string> ids;
    // Asked apart, so that a broker that is alone reads one row.
    for (const auto& [other] : connection.Read<std::string>(
             "SELECT id FROM broker WHERE id <> :own AND seen_at >= :since", broker_id,
             ToMillis(alive_since))) {
      for (auto& [id] : connection.Read<std::string>(
               "SELECT endpoint_id FROM presence WHERE broker = :broker AND gone_at = 0 AND "
               "sessions > 0",
               other))
        ids.push_back(std::move(id));
    }
    return ids;
  });
}

}  // namespace wardcast
