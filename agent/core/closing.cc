#include "agent/core/closing.h"

#include <algorithm>

#include "agent/core/drill.h"
#include "agent/core/standing.h"
#include "base/proto_time.h"

namespace wardcast::agent {
namespace {

using std::chrono::hours;

constexpr hours kRecallShown{12};
constexpr hours kAllClearShown{4};  // nothing is to be entered again
constexpr hours kBackEntryShown{48};

hours AllClearShown(const v1::Alert& alert) {
  return alert.back_entry().empty() ? kAllClearShown : kBackEntryShown;
}

}  // namespace

TimePoint ShownUntil(const v1::Alert& closed) {
  const TimePoint at = FromTimestamp(closed.changed_at().at());
  const bool recalled = closed.closing() == v1::Closing::RECALLED;
  if (!recalled && closed.closing() != v1::Closing::ENDED) return at;
  if (closed.has_strip_until()) return FromTimestamp(closed.strip_until());
  return at + (recalled ? kRecallShown : AllClearShown(closed));
}

TimePoint ShownUntil(const v1::Alert& open, const v1::ClearedPart& part) {
  return FromTimestamp(part.at().at()) + AllClearShown(open);
}

bool TakesPlaceOf(const v1::Alert& other, const v1::Alert& cleared) {
  const bool open = other.state() == v1::State::ACTIVE || other.state() == v1::State::RECOVERING;
  if (!open || other.id() == cleared.id() || IsPlan(other) ||
      other.kind() == v1::Kind::INFORMATION || (IsDrill(other) && !IsDrill(cleared)))
    return false;
  return std::ranges::any_of(other.services(), [&](const std::string& service) {
    return std::ranges::find(cleared.services(), service) != cleared.services().end();
  });
}

}  // namespace wardcast::agent
