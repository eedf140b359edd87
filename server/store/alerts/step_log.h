// Steps that the clock took, or missed: the rows of `step`. Inside a transaction of the caller.
#pragma once

#include <string>
#include <vector>

#include "server/store/alerts/step_row.h"
#include "server/store/sql/connection.h"

namespace wardcast {

// Those of `steps` that nobody has recorded, each key once, in their order. Throws UnfitText.
std::vector<StepRow> FreshSteps(Connection& connection, const std::string& alert_id,
                                const std::vector<StepRow>& steps);
// Records what FreshSteps returned in this transaction. If somebody else was faster the database
// refuses it, and the transaction runs again. The alert must exist.
void RecordSteps(Connection& connection, const std::string& alert_id,
                 const std::vector<StepRow>& fresh, TimePoint now);
// By the time that they were due.
std::vector<RecordedStep> ReadSteps(Connection& connection, const std::string& alert_id);

}  // namespace wardcast
