#include "server/alert/expected.h"

#include <algorithm>
#include <map>
#include <utility>

#include "server/alert/audience.h"

namespace wardcast {
namespace {

bool Overlap(const PlacedEndpoint& placed, const AudienceSpan& span) {
  return (placed.until == TimePoint{} || placed.until > span.from) &&
         (span.until == TimePoint{} || placed.since < span.until);
}

// The directory with the endpoints that there were at any time of the span: one that moved is in
// it once for each place.
Directory During(const AudienceSpan& span, const Directory& directory,
                 const std::vector<PlacedEndpoint>& history) {
  DirectoryContent content;
  content.sites = directory.content().sites;
  content.buildings = directory.content().buildings;
  content.wards = directory.content().wards;
  content.services = directory.content().services;
  for (const PlacedEndpoint& placed : history) {
    if (Overlap(placed, span)) content.endpoints.push_back(*placed.endpoint);
  }
  return Directory(std::move(content), directory.version());
}

}  // namespace

std::vector<ExpectedEndpoint> ResolveEver(const std::vector<AudienceSpan>& spans,
                                          const Directory& directory,
                                          const std::vector<PlacedEndpoint>& history) {
  std::map<std::string, ExpectedEndpoint> found;
  for (const AudienceSpan& span : spans) {
    const Directory then = During(span, directory, history);
    const ResolvedAudience resolved = Resolve(span.audience, span.services, then);
    const auto take = [&](const ResolvedAudience::Endpoints& endpoints,
                          const std::string& ward_id) {
      for (const v1::Endpoint* endpoint : endpoints) {
        ExpectedEndpoint& expected = found[endpoint->id()];
        expected.endpoint = *endpoint;
        if (std::ranges::find(expected.wards, ward_id) == expected.wards.end())
          expected.wards.push_back(ward_id);
      }
    };
    for (const ResolvedAudience::Ward& ward : resolved.wards) take(ward.expected, ward.ward_id);
    take(resolved.unplaced, {});
  }
  std::vector<ExpectedEndpoint> list;
  list.reserve(found.size());
  for (auto& [id, expected] : found) list.push_back(std::move(expected));
  return list;
}

}  // namespace wardcast
