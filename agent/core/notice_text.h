// The texts of a notice, from the alert and, where it says nothing, from the site and the ward.
#pragma once

#include "agent/core/screen.h"
#include "agent/core/site_time.h"
#include "wardcast/v1/alert.pb.h"
#include "wardcast/v1/endpoint_service.pb.h"

namespace wardcast::agent {

// Fills every text but the ward's answer, `expected_back` and `unconfirmed`. `notice.phase` is set;
// `settings` may be null. Steps for one role begin with it; steps of the downtime that is only
// announced say so.
void FillText(const v1::Alert& alert, const v1::GetSettingsResponse* settings, const SiteTime& site,
              TimePoint now, Notice& notice);

}  // namespace wardcast::agent
