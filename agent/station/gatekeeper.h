// Lets in only alerts that the broker's signing key has signed. Nothing is parsed before its
// signature was checked.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "agent/core/holding.h"
#include "base/result.h"
#include "base/signature.h"

namespace wardcast::agent {

// kPermissionDenied: the signature does not verify. kDataLoss: it does, but there is no usable
// alert in it.
Result<VerifiedAlert> Admit(const VerifyingKey& key, SignedBytes bytes);

// The alert id that an unverified payload claims, for a report only: the first field, if it is
// exactly a ULID. Reads 28 bytes and parses nothing.
std::optional<std::string> ClaimedAlertId(std::string_view payload);

}  // namespace wardcast::agent
