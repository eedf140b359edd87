// Between the rules of the clock (server/alert/steps.h) and the rows that make each step happen
// once (server/store/alerts/step_row.h). Pure.
#pragma once

#include <optional>
#include <vector>

#include "base/clock.h"
#include "server/alert/steps.h"
#include "server/directory/directory.h"
#include "server/store/alerts/step_row.h"
#include "wardcast/v1/alert.pb.h"

namespace wardcast {

StepRow RowOf(const Step& step, StepOutcome outcome);

// The alert after those of its steps that nobody has recorded, in one version: what is due is done,
// and what was missed is asked about. nullopt: they change nothing.
std::optional<v1::Alert> AfterRows(const v1::Alert& current, const std::vector<StepRow>& fresh,
                                   const Directory& directory, TimePoint now);

}  // namespace wardcast
