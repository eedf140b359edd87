// The way in for the first administrator: a one-time link instead of a default password.
#pragma once

#include <optional>
#include <string>

#include "base/clock.h"
#include "base/result.h"
#include "server/access/sign_in.h"
#include "server/store/people/people_store.h"

namespace wardcast {

inline constexpr char kFirstAdministrator[] = "administrator";

// As long as no administrator can sign in: makes the account `administrator`, if there is none, and
// a link that sets its password; links of earlier starts no longer work. Returns the link's path
// below the console's address; nullopt: somebody can sign in. Blocks; at start only.
Result<std::optional<std::string>> FirstAdministratorLink(PeopleStore& people, SignInDesk& desk,
                                                          TimePoint now);

}  // namespace wardcast
