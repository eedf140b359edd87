#include "server/alert/life/going_out.h"

#include <algorithm>
#include <optional>

#include "base/proto_time.h"
#include "server/alert/drills/drill.h"
#include "server/alert/life/revision.h"
#include "server/alert/planned/planned_work.h"
#include "server/alert/planned/reminders.h"
#include "server/alert/zoned_time.h"

namespace wardcast {

TimePoint GoesOutAt(const v1::Alert& alert, TimePoint now) {
  if (!alert.has_send_at()) return now;
  return std::max(now, FromTimestamp(alert.send_at().at()));
}

bool IsHeld(const v1::Alert& alert, const Directory& directory, TimePoint now) {
  if (GoesOutAt(alert, now) > now) return true;
  if (!IsUnbegun(alert) || IsDrill(alert)) return false;
  const std::optional<TimePoint> first = FirstReminder(alert, directory);
  return !first || *first > now;
}

void GoOut(v1::Alert& alert, TimePoint now) {
  alert.set_state(v1::State::ACTIVE);
  alert.set_round(1);
  alert.clear_ward_overrides();
  alert.set_occasion(v1::Occasion::PUBLISHED);
  alert.clear_round_presentation();
  alert.clear_send_at();
  alert.clear_what_changed();
  *alert.mutable_published_at() = ToZoned(now, alert.zone());
}

void GoOutOrWait(v1::Alert& alert, const Directory& directory, TimePoint now) {
  if (GoesOutAt(alert, now) == now) alert.clear_send_at();
  if (!IsHeld(alert, directory, now)) {
    GoOut(alert, now);
    return;
  }
  alert.set_state(v1::State::SCHEDULED);
  alert.set_round(0);
  alert.clear_published_at();
  alert.clear_what_changed();
}

void Begin(v1::Alert& alert, TimePoint at) {
  *alert.mutable_started_at() = ToZoned(at, alert.zone());
  ShowInPlace(alert, v1::Presentation::TICKER);
  ReleasePromise(alert, at);
}

void ReleasePromise(v1::Alert& alert, TimePoint now) {
  if (!alert.has_next_update()) return;
  const TimePoint promised = FromTimestamp(alert.next_update().at());
  const bool only_start = alert.kind() == v1::Kind::PLANNED_DOWNTIME && alert.has_start() &&
                          promised == FromTimestamp(alert.start().at());
  if (promised <= now || only_start) alert.clear_next_update();
}

}  // namespace wardcast
