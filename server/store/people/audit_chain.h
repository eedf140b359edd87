// The chain of the audit trail: each entry's hash covers the one before, so an entry that was
// changed, removed or put in later shows.
#pragma once

#include <string>

#include "wardcast/v1/audit_service.pb.h"

namespace wardcast {

// SHA-256, in hexadecimal, over `previous` (empty for the first entry of a broker) and every field
// of `event` but its hash, each with its length in front, so that no two entries read the same.
std::string ChainHash(const std::string& previous, const v1::AuditEvent& event);

}  // namespace wardcast
