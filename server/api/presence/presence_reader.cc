#include "server/api/presence/presence_reader.h"

#include <google/protobuf/util/time_util.h>

#include <algorithm>
#include <chrono>
#include <utility>

#include "base/proto_time.h"
#include "server/api/figures/said_screen.h"

namespace wardcast {

v1::EndpointPresence MergePresence(const std::vector<PresenceRow>& rows,
                                   const std::string& own_broker,
                                   std::chrono::milliseconds duplicate_after, TimePoint now) {
  v1::EndpointPresence presence;
  const PresenceRow* newest = nullptr;
  TimePoint seen{};
  int settled = 0;  // sessions that have lasted
  for (const PresenceRow& row : rows) {
    const bool own = row.broker_id == own_broker;
    const bool alive = IsLive(row, own_broker, now);
    const TimePoint last = alive && own                 ? now
                           : row.gone_at == TimePoint{} ? std::min(row.broker_seen_at, now)
                                                        : row.gone_at;
    if (alive) {
      presence.set_connected(true);
      presence.set_sessions(presence.sessions() + row.sessions);
      if (now - row.connected_at > duplicate_after) settled += row.sessions;
    }
    if (newest == nullptr || last > seen ||
        (last == seen && row.connected_at > newest->connected_at)) {
      newest = &row;
      seen = last;
    }
  }
  presence.mutable_endpoint()->set_id(newest->endpoint_id);
  *presence.mutable_last_seen() = ToTimestamp(seen);
  *presence.mutable_connected_since() = ToTimestamp(newest->connected_at);
  *presence.mutable_clock_skew() =
      google::protobuf::util::TimeUtil::MillisecondsToDuration(newest->clock_skew.count());
  presence.set_agent_version(newest->agent_version);
  presence.set_os(newest->os);
  presence.set_broker(newest->broker_id);
  presence.set_host(newest->host);
  presence.set_serial(newest->serial);
  presence.set_duplicate(settled > 1);
  presence.set_said_goodbye(!presence.connected() && newest->goodbye);
  return presence;
}

Result<std::map<std::string, SeenEndpoint>> PresenceReader::Read() const {
  auto rows = store_.LoadPresence();
  if (!rows) return std::unexpected(rows.error());
  const TimePoint now = clock_.Now();
  std::map<std::string, std::vector<PresenceRow>> by_id;
  for (PresenceRow& row : *rows) {
    // What this broker has in memory is newer than what it has written.
    if (row.broker_id == broker_id_) {
      const bool connected = hub_.IsConnected(row.endpoint_id);
      if (connected) {
        row.gone_at = TimePoint{};
        row.sessions = std::max(row.sessions, 1);
        row.screen_state = hub_.ScreenOf(row.endpoint_id);
      } else {
        if (row.gone_at == TimePoint{}) row.gone_at = std::min(row.broker_seen_at, now);
        row.sessions = 0;
      }
    }
    std::string id = row.endpoint_id;
    by_id[std::move(id)].push_back(std::move(row));
  }
  std::map<std::string, SeenEndpoint> all;
  for (const auto& [id, of_id] : by_id) {
    all.emplace(id, SeenEndpoint{.presence = MergePresence(of_id, broker_id_,
                                                           hub_.config().duplicate_after, now),
                                 .screen_state = SaidScreen(of_id, broker_id_, now)});
  }
  for (const std::string& id : hub_.Duplicates()) {
    const auto found = all.find(id);
    if (found != all.end()) found->second.presence.set_duplicate(true);
  }
  return all;
}

}  // namespace wardcast
