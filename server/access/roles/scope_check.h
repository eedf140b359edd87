// Whether somebody's scope covers what is asked for. Pure: facts in, a decision out.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "server/access/roles/identity.h"
#include "server/alert/audience.h"
#include "server/directory/directory.h"
#include "wardcast/v1/alert.pb.h"

namespace wardcast {

// How much of a notice a scope is held against.
enum class Extent {
  kWhole,     // publishing, changing: also severity, presentation and the number of endpoints
  kButReach,  // with a second person: all of that but the number of endpoints
  kAbout,     // ending, recalling: kind, services and places
};

// kPermissionDenied: says what is outside of the caller's role, and how far that reaches.
Result<void> CheckPublisher(const Identity& caller, const v1::Alert& alert,
                            const ResolvedAudience& audience, const Directory& directory,
                            Extent extent);

// "It reaches 430 PCs; your role reaches 200 with one notice without a second person.": the number
// of endpoints is all that keeps the caller from it. Empty: it is not, or nothing does.
std::string OnlyReachOutside(const Identity& caller, const v1::Alert& alert,
                             const ResolvedAudience& audience, const Directory& directory);

// Whether the caller may approve it, or return it to its author: kind, services and places. That
// nobody approves their own is for whoever knows its authors.
Result<void> CheckApprover(const Identity& caller, const v1::Alert& alert,
                           const ResolvedAudience& audience, const Directory& directory);
// The same for somebody who is not calling.
bool MayApprove(const std::vector<v1::Grant>& grants, const v1::Alert& alert,
                const ResolvedAudience& audience, const Directory& directory);

// Whether what the caller may publish is limited to places, so that the audience matters.
bool IsBoundToPlaces(const Identity& caller);

// Whether the caller may answer for this ward.
Result<void> CheckWard(const Identity& caller, const std::string& ward_id,
                       const Directory& directory);

}  // namespace wardcast
