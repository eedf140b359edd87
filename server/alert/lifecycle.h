// An alert's life: draft, approval, schedule, publish, update, postpone, restored, all clear (whole
// or of a part), recall, expire. Each takes facts and a time and returns the alert as it shall be.
// Pure. The store fills id, log_id, generation and version. What the clock does is in steps.h; how
// it is done is in life/.
//
// A drill (EXERCISE) is at most a DIALOG, spares CLINICAL endpoints (drills/drill_rules.h), waits
// for nothing but its `send_at`, and ends 2 h after it went out.
//
// Who was never shown anywhere (DRAFT, PENDING_APPROVAL, SCHEDULED, and what is recalled from
// there) has `round` 0 and no `published_at`; both are given when it goes out to the wards. Times
// that are given as `local` are resolved by every function here (local_time.h). Alerts are unfilled
// here, coming in and going out (texts/filled.h).
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/clock.h"
#include "base/result.h"
#include "server/directory/directory.h"
#include "wardcast/v1/alert.pb.h"
#include "wardcast/v1/alert_service.pb.h"

namespace wardcast {

// Whether the whole screen may be taken: only where two approvers are named.
enum class Takeover { kOff, kAllowed };

// A new alert from what the publisher wrote: validated, defaults filled, revision 1. ACTIVE in
// round 1, or SCHEDULED: `send_at` in the future, or planned work before its first ward reminder.
// "Output only" fields of `written` are ignored. kInvalidArgument: with violations.
// kFailedPrecondition: TAKEOVER while it is off.
Result<v1::Alert> NewAlert(const v1::Alert& written, const Directory& directory,
                           const std::string& published_by, TimePoint now,
                           Takeover takeover = Takeover::kOff);

// A DRAFT, revision 1: kept as written, nothing filled in but how times are printed. Headline, kind
// and audience may be missing; limits and ids are checked. `held_because`: why it is not out yet,
// or empty. kInvalidArgument: with violations.
Result<v1::Alert> DraftOf(const v1::Alert& written, const Directory& directory,
                          const std::string& published_by, TimePoint now,
                          const std::string& held_because = {});

// A draft as it goes out: what NewAlert makes of it, with its id and one more revision.
// kFailedPrecondition: it is no draft. Else as NewAlert.
Result<v1::Alert> SentDraft(const v1::Alert& current, const Directory& directory, TimePoint now,
                            Takeover takeover = Takeover::kOff);

// What NewAlert or SentDraft made, waiting for a second pair of eyes instead: PENDING_APPROVAL.
// `why` becomes `held_because`.
v1::Alert AwaitingApproval(v1::Alert alert, const std::string& why, TimePoint now);

// ACTIVE or SCHEDULED. A `send_at` that has passed meanwhile is now. nullopt: it is out already, or
// scheduled. kAborted: `expected_revision` (required) is not the current one. kFailedPrecondition:
// a draft, or closed. kInvalidArgument: the directory does not have something of it any more.
Result<std::optional<v1::Alert>> ApprovedAlert(const v1::Alert& current,
                                               std::int32_t expected_revision,
                                               const Directory& directory, TimePoint now);

// Back to DRAFT, with the reason (1 … 300 characters) in `held_because`. nullopt: it is a draft.
// kInvalidArgument: the reason. kFailedPrecondition: it does not wait for approval.
Result<std::optional<v1::Alert>> RejectedAlert(const v1::Alert& current, const std::string& reason,
                                               TimePoint now);

// An edit in any open state. Not yet on the wards: no rounds; a draft is checked as DraftOf does,
// what waits for approval waits anew, what is scheduled goes out if nothing holds it any more. With
// a `send_at`, also one that is over, it waits for the clock: an edit of something else never sends
// it; taking `send_at` out does, and so does calling attention once it is over.
// What the clock missed is settled by an edit; `settle_missed` alone makes no revision.
// Planned work with `started`: CONFIRMED, shown as TICKER, no new round. Begun work whose expected
// end moves later is EXTENDED by itself. An update keeps the promise of the last one: a next update
// that has passed and is not edited is promised anew.
// nullopt: nothing would change. kAborted: revision. kFailedPrecondition: closed; `started` on what
// is no planned work on the wards or scheduled. kInvalidArgument: as NewAlert, or an unknown or
// unchangeable field in the mask.
Result<std::optional<v1::Alert>> UpdatedAlert(const v1::Alert& current,
                                              const v1::UpdateAlertRequest& request,
                                              const Directory& directory, TimePoint now,
                                              Takeover takeover = Takeover::kOff);

// Planned work that is moved: POSTPONED, and everything that hangs on its times is planned anew. On
// the wards: a new round (POSTPONED). The reason is told in `what_changed`; `reason` of the alert
// stays. Without a new start it has none, and no reminders, until an edit gives one.
// nullopt: the times are those already. Errors: as the contract says.
Result<std::optional<v1::Alert>> PostponedAlert(const v1::Alert& current,
                                                const v1::PostponeAlertRequest& request,
                                                const Directory& directory, TimePoint now);

// Restored (RECOVERING), all clear of a part (stays open; a new round, PARTLY_CLEAR; the audience
// and `services` stay: see cleared.h), or all clear (CLOSED, ENDED, with `strip_until`). When every
// service is cleared at every site, the whole ends. Restored and a part keep the promise of the
// next update, as an update does. nullopt: it is so already.
// kInvalidArgument: a service or site that is not the alert's. kFailedPrecondition: recalled or
// expired; not on the wards yet (recall it).
Result<std::optional<v1::Alert>> EndedAlert(const v1::Alert& current,
                                            const v1::EndAlertRequest& request,
                                            const Directory& directory, TimePoint now);

// CLOSED, RECALLED, with `strip_until` if it was on the wards. nullopt: it is so already.
// kFailedPrecondition: ended or expired.
Result<std::optional<v1::Alert>> RecalledAlert(const v1::Alert& current,
                                               const v1::RecallAlertRequest& request,
                                               const Directory& directory, TimePoint now);

// CLOSED, EXPIRED, if it is on the wards or scheduled, and is INFORMATION, planned work that never
// began, or a drill, whose time (`expires`) is over; else nullopt. Part of AfterSteps.
std::optional<v1::Alert> ExpiredAlert(const v1::Alert& current, const Directory& directory,
                                      TimePoint now);

// CLOSED, EXPIRED, with "EXERCISE STOPPED. The next notice is real.", if it is a drill on the wards
// or scheduled; else nullopt. Part of AfterSteps.
std::optional<v1::Alert> StoppedDrill(const v1::Alert& current, const Directory& directory,
                                      TimePoint now);

}  // namespace wardcast
