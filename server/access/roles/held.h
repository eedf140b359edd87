// What is written and not sent: only those who publish or approve see it; for everybody else it
// does not exist. Pure.
#pragma once

#include <string>

#include "base/result.h"
#include "server/access/roles/identity.h"
#include "wardcast/v1/alert.pb.h"

namespace wardcast {

// DRAFT or PENDING_APPROVAL.
inline bool IsHeld(const v1::Alert& alert) {
  return alert.state() == v1::State::DRAFT || alert.state() == v1::State::PENDING_APPROVAL;
}

// It is, or it was closed before it ever went out to the wards.
inline bool MayBeHeld(const v1::Alert& alert) {
  return IsHeld(alert) || (alert.state() == v1::State::CLOSED && !alert.has_published_at());
}

inline bool SeesHeld(const Identity& caller) {
  return caller.Has(v1::Role::PUBLISHER) || caller.Has(v1::Role::APPROVER);
}

// kNotFound, as of an alert that there is not: it is held, and the caller does not see such.
inline Result<void> CheckSees(const Identity& caller, const v1::Alert& alert) {
  if (!IsHeld(alert) || SeesHeld(caller)) return {};
  return Fail(Code::kNotFound, "no such alert: " + alert.id());
}

}  // namespace wardcast
