// Which endpoints and wards an audience means (docs/protocol.md, "Audience"). Pure.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "server/directory/directory.h"
#include "wardcast/v1/alert.pb.h"
#include "wardcast/v1/audience.pb.h"

namespace wardcast {

// What an audience resolves to now. The pointers are the directory's and live as long as it does.
struct ResolvedAudience {
  using Endpoints = std::vector<const v1::Endpoint*>;
  // Every endpoint that shall get the alert, boards included; each once.
  Endpoints endpoints;
  // Wards with at least one expected endpoint or named as a place, in list order. Not those all of
  // whose endpoints are of an excluded class.
  struct Ward {
    std::string ward_id;
    Endpoints expected;  // those that count (no boards)
  };
  std::vector<Ward> wards;
  // Expected endpoints without a ward.
  Endpoints unplaced;
  int boards = 0;
  // No place was named and the wards that depend on the services were taken.
  bool from_services = false;

  int expected_count() const {
    int count = static_cast<int>(unplaced.size());
    for (const Ward& ward : wards) count += static_cast<int>(ward.expected.size());
    return count;
  }
};

// `services` are the alert's; used if the audience names no place. Unknown ids match nothing
// (validation refuses them).
ResolvedAudience Resolve(const v1::Audience& audience, const std::vector<std::string>& services,
                         const Directory& directory);

// The same, for the directory's readers together: a preview, its publishing and the feed ask for
// the same audience, and 50,000 endpoints are looked at once. The directory must outlive it.
std::shared_ptr<const ResolvedAudience> ResolveShared(const v1::Audience& audience,
                                                      const std::vector<std::string>& services,
                                                      const Directory& directory);

// What an alert's audience and services mean now, as ResolveShared says it.
using AudiencePtr = std::shared_ptr<const ResolvedAudience>;
AudiencePtr AudienceOf(const v1::Alert& alert, const Directory& directory);

// The sites of its wards, each once, in list order.
std::vector<std::string> SitesOf(const ResolvedAudience& audience, const Directory& directory);

}  // namespace wardcast
