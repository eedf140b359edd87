// What a notice must pass before it goes out: the sender's scope, the reach that they agreed to,
// words that look like patient data, a second pair of eyes. Facts in, a decision out.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "server/access/roles/identity.h"
#include "server/alert/audience.h"
#include "server/api/alerts/approvers.h"
#include "server/directory/directory.h"
#include "wardcast/v1/alert.pb.h"
#include "wardcast/v1/alert_service.pb.h"

namespace wardcast {

// What a person's wide send says that its preview showed. nullopt: nothing.
using ConfirmedReach = std::optional<int>;
template <class Request>
ConfirmedReach ConfirmedReachOf(const Request& request) {
  return request.has_confirmed_reach() ? ConfirmedReach(request.confirmed_reach()) : std::nullopt;
}

// kFailedPrecondition, with both numbers: `confirmed` is off by more than 10 %, or is missing where
// a person sends a takeover or to more than a quarter of the wards.
Result<void> CheckReach(const Identity& caller, const ConfirmedReach& confirmed,
                        const v1::Alert& alert, const ResolvedAudience& audience,
                        const Directory& directory);

// kFailedPrecondition: one of `warnings` is about patient data, and no reason was given.
Result<void> CheckPatientData(const std::vector<v1::Warning>& warnings, const std::string& reason);

// The alert with nothing but what differs from `before`, for checks of what an edit has written.
v1::Alert OnlyWhatChanged(const v1::Alert& before, const v1::Alert& after);

// Whether a person's send waits for 10 s before it goes out: a wide planned or information notice.
bool IsHeldBack(const Identity& caller, const v1::Alert& alert, const ResolvedAudience& audience,
                const Directory& directory);
inline constexpr std::chrono::seconds kHeldBackFor{10};

// Why it needs approval, for a person; empty: it does not, or nobody is named who could give it.
// Pure.
std::string WhyApproval(const v1::Alert& alert, const ResolvedAudience& audience,
                        const Directory& directory, const Approvers::Named& approvers);
// The same; asks who may approve only of a notice that would need it.
Result<std::string> WhyApproval(const v1::Alert& alert, const ResolvedAudience& audience,
                                const Directory& directory, Approvers& approvers);

// Why a person's notice that their role would cover, but for the number of its endpoints, needs
// approval; empty: it is no such notice, or nobody is named who could give it. Not of drills, which
// never wait. Pure.
std::string WhyReachApproval(const Identity& caller, const v1::Alert& alert,
                             const ResolvedAudience& audience, const Directory& directory,
                             const Approvers::Named& approvers);
// The same; asks who may approve only of such a notice.
Result<std::string> WhyReachApproval(const Identity& caller, const v1::Alert& alert,
                                     const ResolvedAudience& audience, const Directory& directory,
                                     Approvers& approvers);

// Both reasons, for a person. Each may be empty.
std::string BothReasons(const std::string& one, const std::string& other);

}  // namespace wardcast
