// From rows to identities.
#pragma once

#include <chrono>
#include <string>

#include "server/access/people/people_directory.h"
#include "server/access/roles/identity.h"
#include "server/store/people/people_rows.h"

namespace wardcast {

// Who a session is; `confirm_for`: how long they are not asked again who they are.
Identity PersonOf(const AccountRow& account, const SessionRow& session,
                  std::chrono::seconds confirm_for);
// The account of somebody of the directory, with what it gives them now.
v1::Account FromDirectory(const std::string& name, const DirectoryPerson& person);
// Who an API token is; never an administrator, never up to TAKEOVER.
Identity MachineOf(const v1::ApiToken& token);

// The name of an account as it is stored: in small letters. Empty: it cannot be one.
std::string AccountName(const std::string& typed);

}  // namespace wardcast
