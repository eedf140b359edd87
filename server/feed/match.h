// Which endpoints an alert is for at this moment: resolved once per alert version and directory,
// not once per session.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <unordered_set>

#include "server/directory/directory.h"
#include "wardcast/v1/alert.pb.h"

namespace wardcast {

// True if the alert is on the wards: ACTIVE or RECOVERING. Drafts and what waits for approval or
// for its time is not.
bool IsOnWards(const v1::Alert& alert);

struct Matched {
  // Ids of the directory.
  std::unordered_set<std::string> endpoints;
  // True: also for endpoints that the directory does not know. They count as unplaced, CLINICAL and
  // without tags, so only `everyone` means them.
  bool unknown = false;
  // Ids taken out again; consulted for unknown endpoints only.
  std::unordered_set<std::string> excluded;

  bool Has(const std::string& endpoint_id, bool known) const {
    return known ? endpoints.contains(endpoint_id) : unknown && !excluded.contains(endpoint_id);
  }
};
using MatchedPtr = std::shared_ptr<const Matched>;

// Pure.
using Matcher = std::function<Matched(const v1::Alert&, const Directory&)>;

// By the audience's rules (server/alert/audience.h).
Matched MatchAudience(const v1::Alert& alert, const Directory& directory);

}  // namespace wardcast
