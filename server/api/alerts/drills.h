// A drill is not held where people have a real problem.
#pragma once

#include "base/result.h"
#include "server/directory/directory.h"
#include "server/feed/hub.h"
#include "wardcast/v1/alert.pb.h"

namespace wardcast {

// kFailedPrecondition, naming it and the wards: `alert` is a drill that would be on the wards, and
// a real notice of SEVERE or EXTREME severity that the hub has is on one of them. One that comes to
// it a moment later stops the drill (server/alert/steps/real_notice.h).
Result<void> CheckNoRealNotice(const v1::Alert& alert, const Hub& hub, const Directory& directory);

}  // namespace wardcast
