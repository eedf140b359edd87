// Grave steps ask a person once more who they are: a session that was left open, or stolen, must
// not be enough to frighten a hospital or to make accounts.
#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "server/access/roles/identity.h"
#include "server/alert/audience.h"
#include "server/directory/directory.h"
#include "wardcast/v1/alert.pb.h"

namespace wardcast {

// Whether the caller has proved who they are recently enough. Only people are asked: never a token,
// an endpoint or the administrator's socket. kFailedPrecondition with Remedy::kConfirm.
Result<void> CheckConfirmed(const Identity& caller, TimePoint now);

// A takeover, or for more than a quarter of the wards.
bool IsWide(const v1::Alert& alert, const ResolvedAudience& audience, const Directory& directory);

}  // namespace wardcast
