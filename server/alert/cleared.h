// Which parts of an open notice are in order again while the rest stays down. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "wardcast/v1/alert.pb.h"

namespace wardcast {

// True if `service` works again at `site`, by one of the cleared parts. An empty `service`: what a
// notice without services is about.
bool IsCleared(const v1::Alert& alert, std::string_view service, std::string_view site);

// The services of `alert` that are still down at one of `sites` at least (all that its audience
// reaches, see SitesOf in audience.h), in its order.
std::vector<std::string> ServicesDown(const v1::Alert& alert,
                                      const std::vector<std::string>& sites);

// The same without looking at the audience: all but those that were cleared at every site.
std::vector<std::string> ServicesDown(const v1::Alert& alert);

}  // namespace wardcast
