// A drill is not held where people have a real problem.
#pragma once

#include <vector>

#include "base/result.h"
#include "server/directory/directory.h"
#include "server/feed/frame.h"
#include "wardcast/v1/alert.pb.h"

namespace wardcast {

// kFailedPrecondition, naming it and the wards: `alert` is a drill that would be on the wards, and
// a real notice of SEVERE or EXTREME severity among `open` is on one of them. One that comes a
// moment later stops the drill (server/alert/steps/real_notice.h).
Result<void> CheckNoRealNotice(const v1::Alert& alert, const std::vector<AlertFramePtr>& open,
                               const Directory& directory);

}  // namespace wardcast
