// Whether an entry's owner may still sign in, as the directories of hospitals say it.
#pragma once

#include <string>
#include <vector>

#include "base/clock.h"
#include "server/access/ldap/ldap_connection.h"

namespace wardcast {

// The attributes that StandsNoMore looks at.
std::vector<std::string> StandingAttributes();

// Why not: disabled or expired (Active Directory), locked for good (OpenLDAP), locked (389 DS,
// FreeIPA); empty: nothing says so. A wrong password that locked somebody for minutes is no reason.
std::string StandsNoMore(const LdapEntry& entry, TimePoint now);

}  // namespace wardcast
