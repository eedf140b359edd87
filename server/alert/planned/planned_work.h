// Where planned work stands. Pure.
#pragma once

#include "wardcast/v1/alert.pb.h"

namespace wardcast {

// Planned work whose start nobody has confirmed: it has reminders, and can be postponed.
inline bool IsUnbegun(const v1::Alert& alert) {
  return alert.kind() == v1::Kind::PLANNED_DOWNTIME && !alert.has_started_at();
}

// Planned work that a person said to have begun.
inline bool IsBegunWork(const v1::Alert& alert) {
  return alert.kind() == v1::Kind::PLANNED_DOWNTIME && alert.has_started_at();
}

}  // namespace wardcast
