// Who may change an alert, and what a change must pass. Facts in, a decision out.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "server/access/roles/identity.h"
#include "server/api/alerts/approvers.h"
#include "server/api/alerts/sending.h"
#include "server/directory/directory.h"
#include "server/store/alert_change.h"
#include "wardcast/v1/alert.pb.h"

namespace wardcast {

// Whether the caller may end or recall it: kind, services and places. Called while the store's
// writer waits: the audience, which may be 50,000 endpoints, is resolved only for those who are
// bound to places.
Result<void> CheckClose(const Identity& caller, const v1::Alert& alert, const Directory& directory);

// Whether the caller may edit or take back what is written and not sent: who wrote it, or somebody
// whose scope covers it. `editors`: as Store::LoadEditors and AlertChange::hear_editors say.
Result<void> CheckEditor(const Identity& caller, const v1::Alert& draft,
                         const std::vector<std::string>& editors, const Directory& directory);

// Who changes an alert that is out or has its time, and when.
struct Changing {
  const Identity& caller;
  const Directory& directory;
  TimePoint now;
  ConfirmedReach confirmed;
  const Approvers::Named& approvers;  // nullptr: it does not bear on approval
  bool own = false;                   // the caller has written it, or edited it before
};

// Whether an edit may make a notice need approval that did not: only then it matters who may
// approve.
bool BearsOnApproval(const v1::UpdateAlertRequest& request);

// The decision to make `updated` of `current`. kPermissionDenied: it was, or would be, outside of
// the caller's scope. kFailedPrecondition: it becomes wide and its reach was not confirmed; it
// calls many wards and the caller has not proved lately who they are; it would need approval and is
// out already. What waits for its time waits for approval then. Whoever has brought a notice to
// more endpoints than their role reaches alone, with an approver, goes on editing it.
Result<std::optional<AlertDecision>> DecideChange(const Changing& changing,
                                                  const v1::Alert& current, v1::Alert updated);

// The edit that writes over everything: what `written` leaves open is cleared.
v1::UpdateAlertRequest AsOverwrite(const v1::Alert& written, const std::string& alert_id);

}  // namespace wardcast
