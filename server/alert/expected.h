// Which endpoints were expected to show an alert: those that its audience resolves to, and those
// that it ever did while the alert was on the wards (docs/domain: expected). Pure.
#pragma once

#include <string>
#include <vector>

#include "base/clock.h"
#include "server/directory/directory.h"
#include "wardcast/v1/audience.pb.h"

namespace wardcast {

// An endpoint as the directory knew it in [since, until). Until TimePoint{}: still so.
struct PlacedEndpoint {
  const v1::Endpoint* endpoint = nullptr;
  TimePoint since{};
  TimePoint until{};
};

// What an alert said in [from, until) about whom it is for. Until TimePoint{}: still so.
struct AudienceSpan {
  v1::Audience audience;
  std::vector<std::string> services;
  TimePoint from{};
  TimePoint until{};
};

struct ExpectedEndpoint {
  v1::Endpoint endpoint;           // as it was when it was expected last
  std::vector<std::string> wards;  // where it was while it was expected; "" is unplaced
};

// By endpoint id; boards count nowhere. Wards, buildings and services are taken as `directory` has
// them: only endpoints have a history. About 50 ms per span for 50,000 endpoints.
std::vector<ExpectedEndpoint> ResolveEver(const std::vector<AudienceSpan>& spans,
                                          const Directory& directory,
                                          const std::vector<PlacedEndpoint>& history);

}  // namespace wardcast
