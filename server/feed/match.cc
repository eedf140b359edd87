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

bool IsScheduled(const v1::Alert& alert) { return alert.state() == v1::State::SCHEDULED; }

Matched MatchAudience(const v1::Alert& alert, const Directory& directory) {
  Matched matched;
  if (!IsOnWards(alert)) return matched;
  const v1::Audience& audience = alert.audience();
  matched.endpoints.resize(directory.content().endpoints.size());
  const AudiencePtr resolved = AudienceOf(alert, directory);
  for (const v1::Endpoint* endpoint : resolved->endpoints)
    matched.endpoints[directory.NumberOf(*endpoint)] = true;
  matched.count = resolved->endpoints.size();
  matched.unknown = MeansUnknown(audience);
  if (matched.unknown) {
    matched.excluded.insert(audience.exclude().endpoints().begin(),
                            audience.exclude().endpoints().end());
  }
  return matched;
}

}  // namespace wardcast
