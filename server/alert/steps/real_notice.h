// A real notice comes for a ward on which a drill is open: the drill makes way by a step. Pure.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "base/clock.h"
#include "server/alert/steps.h"
#include "server/directory/directory.h"
#include "wardcast/v1/alert.pb.h"

namespace wardcast {

// In place of everything in `due` (the plan of `alert`), if `alert` is a drill that is on the wards
// or would go out by `due`, and one of `open` stops it (drills/drill_rules.h): the step
// "real-notice" whose target is the id of that notice. AfterSteps closes the drill by it. nullopt:
// nothing stops it, or it is no drill.
std::optional<Step> RealNoticeStep(const v1::Alert& alert, const std::vector<Step>& due,
                                   std::span<const v1::Alert* const> open,
                                   const Directory& directory, TimePoint now);

bool IsRealNotice(const StepKey& key);

}  // namespace wardcast
