// Which endpoints an alert is for at this moment: resolved once per alert version and directory,
// not once per session.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <unordered_set>
#include <vector>

#include "server/directory/directory.h"
#include "wardcast/v1/alert.pb.h"

namespace wardcast {

// True if the alert is on the wards: ACTIVE or RECOVERING. Drafts and what waits for approval or
// for its time is not.
bool IsOnWards(const v1::Alert& alert);
// True if it waits for its time: no session has it, the clock will send it.
bool IsScheduled(const v1::Alert& alert);

// In place of Directory::NumberOf, for an endpoint that the directory does not know.
inline constexpr std::uint32_t kUnknownEndpoint = 0xffffffff;

struct Matched {
  // By Directory::NumberOf, of the directory that it was resolved with; may be shorter.
  std::vector<bool> endpoints;
  std::size_t count = 0;  // of them
  // True: also for endpoints that the directory does not know. They count as unplaced, CLINICAL and
  // without tags, so only `everyone` means them.
  bool unknown = false;
  // Ids taken out again; consulted for unknown endpoints only.
  std::unordered_set<std::string> excluded;

  bool Has(const std::string& endpoint_id, std::uint32_t number) const {
    if (number == kUnknownEndpoint) return unknown && !excluded.contains(endpoint_id);
    return number < endpoints.size() && endpoints[number];
  }
};
using MatchedPtr = std::shared_ptr<const Matched>;

// By the audience's rules (server/alert/audience.h). Nobody, unless the alert is on the wards.
// Pure.
Matched MatchAudience(const v1::Alert& alert, const Directory& directory);

}  // namespace wardcast
