// Which services are down, and what is planned on them: "is it just me?" without a call. Pure.
#pragma once

#include <vector>

#include "base/clock.h"
#include "server/directory/directory.h"
#include "server/feed/frame.h"
#include "wardcast/v1/catalogue_service.pb.h"

namespace wardcast {

// One status per service, by team and name. A notice that is out and whose trouble has begun counts
// as open, the gravest first; planned work that has not begun, on the wards or still only announced
// here, is under `planned`, soonest first, without an end to when it was only put off. Drills,
// drafts, what waits for approval and what is to go out later are in neither.
v1::GetServiceStatusResponse ServiceStatuses(const Directory& directory,
                                             const std::vector<AlertFramePtr>& open, TimePoint now);

}  // namespace wardcast
