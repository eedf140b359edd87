// The downtime procedures that this endpoint keeps, as they are read. Pure.
#pragma once

#include <string>
#include <vector>

#include "agent/core/screen.h"
#include "agent/core/site_time.h"
#include "wardcast/v1/endpoint_service.pb.h"

namespace wardcast::agent {

// In the order of `held`, with its owner, who approved it and when it is to be reviewed: as it
// says, else 12 months after its approval. From the day after, at the site, the review is overdue.
std::vector<Procedure> ProceduresOf(const v1::GetProceduresResponse& held, const SiteTime& site,
                                    TimePoint now);

}  // namespace wardcast::agent
