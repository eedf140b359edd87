#include "agent/enrolment/arrival.h"

#include <random>
#include <utility>

#include "base/backoff.h"
#include "base/log.h"

namespace wardcast::agent {
namespace {

constexpr std::chrono::minutes kAskAgain{1};

// A place that another machine has: its disk was cloned, or moved to other hardware.
bool IsOfAnother(const Place& place, const Machine& machine) {
  const bool knows = !place.machine.serial.empty() && !machine.serial.empty();
  return knows && place.machine.serial != machine.serial;
}

}  // namespace

Result<std::optional<Place>> Arrive(const ArrivalConfig& config,
                                    const std::function<bool(std::chrono::milliseconds)>& pause) {
  PlaceFolder folder(config.folder);
  auto there = folder.Load();
  if (!there) return std::unexpected(there.error());
  if (*there && !IsOfAnother(**there, config.machine)) return there;
  if (*there) {
    const auto aside = folder.PutAside(SystemClock().Now());
    if (!aside) return std::unexpected(aside.error());
    SPDLOG_WARN(
        "this disk holds the place of another machine (endpoint {}, serial number {}; a cloned "
        "disk?): it is not used, and is kept in {}",
        (*there)->endpoint_id, LogSafe((*there)->machine.serial), aside->string());
  }
  if (config.line.empty()) {
    if (!*there) return std::nullopt;
    return Fail(Code::kFailedPrecondition,
                "this machine has to enrol, since its disk was another machine's: give it an "
                "enrolment line (--enroll-file FILE)");
  }
  const auto line = ReadEnrolLine(config.line);
  if (!line) return std::unexpected(line.error());
  Backoff backoff{std::random_device{}()};
  std::string said;
  for (;;) {
    auto place = Enrol(*line, config.endpoint, config.machine, folder, config.calls);
    if (place) {
      SPDLOG_INFO("enrolled as {}", place->endpoint_id);
      return std::move(*place);
    }
    if (said != place.error().message) {
      said = place.error().message;
      SPDLOG_WARN("not enrolled yet: {}; it is tried again", LogSafe(said));
    }
    const bool no_answer = place.error().code == Code::kUnavailable;
    if (!pause(no_answer ? backoff.Next() : std::chrono::milliseconds(kAskAgain)))
      return Fail(Code::kUnavailable, "stopped before this machine was enrolled");
  }
}

}  // namespace wardcast::agent
