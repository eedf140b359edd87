// How this machine comes to its place when the agent starts.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "agent/enrolment/enroller.h"
#include "agent/enrolment/place.h"
#include "base/result.h"

namespace wardcast::agent {

struct ArrivalConfig {
  std::filesystem::path folder;  // DATA_DIR/place
  v1::EndpointInfo endpoint;     // id, version, system
  Machine machine;
  std::string line;  // enrolment line; empty: none was given
  EnrolCalls calls;
};

// The place that is on disk. None, or that of another machine (a cloned disk, which is put aside):
// enrols with the line, until a broker has given a place; what a broker refuses is logged and asked
// for again every minute, since the administrator may put it right there. nullopt: not enrolled and
// no line. `pause` waits that long; false: stop. kFailedPrecondition, kInvalidArgument,
// kUnavailable: this machine cannot start so, and what to do.
Result<std::optional<Place>> Arrive(const ArrivalConfig& config,
                                    const std::function<bool(std::chrono::milliseconds)>& pause);

}  // namespace wardcast::agent
