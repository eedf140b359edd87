// A drill that is done again. Pure.
#pragma once

#include "wardcast/v1/alert.pb.h"

namespace wardcast::cli {

// What `drill` said, as its publisher wrote it: texts with their blanks, services, where to call.
// No audience, so that nobody is drilled by a slip; no times, which were those of the other day;
// and nothing that the broker says of a notice.
v1::Alert CopyOfDrill(const v1::Alert& drill);

// Some place is named: everyone, sites, buildings, wards, those that depend on a service,
// endpoints.
bool NamesPlace(const v1::Audience& audience);

}  // namespace wardcast::cli
