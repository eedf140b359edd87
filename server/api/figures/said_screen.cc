#include "server/api/figures/said_screen.h"

namespace wardcast {

bool IsLive(const PresenceRow& row, const std::string& own, TimePoint now) {
  return row.gone_at == TimePoint{} && row.sessions > 0 &&
         (row.broker_id == own || now - row.broker_seen_at <= kBrokerDead);
}

v1::ScreenState::Value SaidScreen(std::span<const PresenceRow> rows, const std::string& own,
                                  TimePoint now) {
  const PresenceRow* newest = nullptr;
  for (const PresenceRow& row : rows) {
    if (!IsLive(row, own, now)) continue;
    if (!newest || row.connected_at > newest->connected_at) newest = &row;
  }
  return newest ? newest->screen_state : v1::ScreenState::UNSPECIFIED;
}

}  // namespace wardcast
