// An alert's life: publish, update, restored, all clear, recall, expire. Each takes facts and a
// time and returns the alert as it shall be. Pure. The store fills id, log_id, generation and
// version.
#pragma once

#include <optional>
#include <string>

#include "base/clock.h"
#include "base/result.h"
#include "server/directory/directory.h"
#include "wardcast/v1/alert.pb.h"
#include "wardcast/v1/alert_service.pb.h"

namespace wardcast {

// A new alert from what the publisher wrote: validated, defaults filled, ACTIVE, revision 1,
// round 1. "Output only" fields of `written` are ignored. kInvalidArgument: with violations.
// kFailedPrecondition: TAKEOVER while two approvers are not named.
Result<v1::Alert> NewAlert(const v1::Alert& written, const Directory& directory,
                           const std::string& published_by, TimePoint now);

// nullopt: nothing would change. kAborted: revision. kFailedPrecondition: closed. kInvalidArgument:
// as NewAlert, or an unknown or unchangeable field in the mask.
Result<std::optional<v1::Alert>> UpdatedAlert(const v1::Alert& current,
                                              const v1::UpdateAlertRequest& request,
                                              const Directory& directory, TimePoint now);

// Restored (RECOVERING) or all clear (CLOSED, ENDED). nullopt: it is so already.
// kFailedPrecondition: recalled or expired.
Result<std::optional<v1::Alert>> EndedAlert(const v1::Alert& current,
                                            const v1::EndAlertRequest& request, TimePoint now);

// CLOSED, RECALLED. nullopt: it is so already. kFailedPrecondition: ended or expired.
Result<std::optional<v1::Alert>> RecalledAlert(const v1::Alert& current,
                                               const v1::RecallAlertRequest& request,
                                               TimePoint now);

// CLOSED, EXPIRED, if it is an open INFORMATION whose time is over; else nullopt.
std::optional<v1::Alert> ExpiredAlert(const v1::Alert& current, TimePoint now);

}  // namespace wardcast
