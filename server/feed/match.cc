#include "server/feed/match.h"

#include <algorithm>
#include <utility>

#include "server/alert/audience.h"

namespace wardcast {
namespace {

// What an endpoint that nobody has placed yet can be meant by.
bool MeansUnknown(const v1::Audience& audience) {
  const auto clinical = [](const auto& classes) {
    return std::ranges::find(classes, v1::EndpointClass::CLINICAL) != classes.end();
  };
  return audience.everyone() && audience.tags().empty() &&
         (audience.classes().empty() || clinical(audience.classes())) &&
         !clinical(audience.exclude().classes());
}

}  // namespace

bool IsOnWards(const v1::Alert& alert) {
  return alert.state() == v1::State::ACTIVE || alert.state() == v1::State::RECOVERING;
}

Matched MatchAudience(const v1::Alert& alert, const Directory& directory) {
  const v1::Audience& audience = alert.audience();
  Matched matched;
  matched.endpoints =
      Resolve(audience, {alert.services().begin(), alert.services().end()}, directory).endpoints;
  matched.unknown = MeansUnknown(audience);
  if (matched.unknown) {
    matched.excluded.insert(audience.exclude().endpoints().begin(),
                            audience.exclude().endpoints().end());
  }
  return matched;
}

}  // namespace wardcast
