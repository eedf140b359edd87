#include "agent/core/drill.h"

#include <algorithm>
#include <chrono>

#include "agent/core/standing.h"
#include "base/proto_time.h"

namespace wardcast::agent {
namespace {

// Beside the real notice, "the next notice is real" soon only distracts.
constexpr std::chrono::minutes kStopShown{10};
constexpr std::chrono::hours kTimeUpShown{4};

bool StopsDrills(const v1::Alert& alert, const std::string& site_id) {
  const bool open = alert.state() == v1::State::ACTIVE || alert.state() == v1::State::RECOVERING;
  const bool grave =
      alert.severity() == v1::Severity::SEVERE || alert.severity() == v1::Severity::EXTREME;
  return open && grave && !IsDrill(alert) && !ClearedAt(alert, site_id).all_here;
}

// When the first of the real notices that stop drills came; nullopt: there is none.
std::optional<TimePoint> StoppedSince(const Holdings& holdings, const std::string& site_id) {
  std::optional<TimePoint> since;
  for (const auto& [id, holding] : holdings) {
    if (!StopsDrills(holding.alert, site_id)) continue;
    const TimePoint at = FromTimestamp(holding.alert.published_at().at());
    since = std::min(since.value_or(at), at);
  }
  return since;
}

}  // namespace

bool IsDrill(const v1::Alert& alert) { return alert.status() == v1::Status::EXERCISE; }

std::optional<DrillEnd> EndOfDrill(const v1::Alert& drill, const Holdings& holdings,
                                   const std::string& site_id, TimePoint now) {
  const bool closed = drill.state() == v1::State::CLOSED;
  const TimePoint limit = drill.has_expires() ? FromTimestamp(drill.expires()) : TimePoint::max();
  if (closed && drill.closing() == v1::Closing::EXPIRED) {
    const TimePoint at = FromTimestamp(drill.changed_at().at());
    // Over before its time: a real notice came.
    if (drill.has_expires() && at < limit) return DrillEnd{true, at, at + kStopShown};
    return DrillEnd{false, at, at + kTimeUpShown};
  }
  if (const auto since = StoppedSince(holdings, site_id)) {
    // How a drill ended before is not told any more.
    return DrillEnd{true, *since, closed ? TimePoint{} : *since + kStopShown};
  }
  if (closed || limit > now) return std::nullopt;
  return DrillEnd{false, limit, limit + kTimeUpShown};
}

}  // namespace wardcast::agent
