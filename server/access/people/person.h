// From rows to identities.
#pragma once

#include <string>

#include "server/access/roles/identity.h"
#include "server/store/people/people_rows.h"

namespace wardcast {

// Who a session is. Without a session of theirs: what the account's people may do.
Identity PersonOf(const AccountRow& account, const SessionRow& session);
// Who an API token is; never an administrator, never up to TAKEOVER.
Identity MachineOf(const v1::ApiToken& token);

// The name of an account as it is stored: in small letters. Empty: it cannot be one.
std::string AccountName(const std::string& typed);

}  // namespace wardcast
