// Which notices need a second pair of eyes (docs/domain, "Approval"). Pure.
#pragma once

#include <string>

#include "server/alert/audience.h"
#include "server/directory/directory.h"
#include "wardcast/v1/alert.pb.h"

namespace wardcast {

// Why `alert` needs approval, for a person; empty: it does not. `audience` is what it resolves to;
// `approvers_named`: two people may approve. TAKEOVER and EMERGENCY; free text (no template of the
// catalogue) to more than half of the hospital's wards. An OUTAGE from a template never waits,
// unless it is a TAKEOVER; a drill never. The alert may be incomplete.
std::string NeedsApproval(const v1::Alert& alert, const ResolvedAudience& audience,
                          const Directory& directory, bool approvers_named);

}  // namespace wardcast
