// When a drill is over at an endpoint: its time is up, or a real notice came. Pure.
#pragma once

#include <optional>
#include <string>

#include "agent/core/holding.h"
#include "base/clock.h"
#include "wardcast/v1/alert.pb.h"

namespace wardcast::agent {

bool IsDrill(const v1::Alert& alert);

struct DrillEnd {
  bool stopped = false;  // by a real notice; else its time is up
  TimePoint at;
  TimePoint shown_until;  // so long it is told where the drill was displayed, unless seen before
};

// nullopt: it goes on, or a person has ended or recalled it, which is told as for a real notice. An
// open real notice of Severe or Extreme severity among `holdings` stops every drill at once,
// whether or not the broker has said so; one that is in order again at `site_id` does not.
std::optional<DrillEnd> EndOfDrill(const v1::Alert& drill, const Holdings& holdings,
                                   const std::string& site_id, TimePoint now);

}  // namespace wardcast::agent
