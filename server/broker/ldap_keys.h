// [ldap] of the configuration file.
#pragma once

#include "server/access/ldap/ldap_config.h"
#include "server/broker/config_keys.h"

namespace wardcast {

// Adds the keys of [ldap] and [[ldap.role]], which fill `config`; it must outlive `keys`.
void AddLdapKeys(LdapConfig& config, ConfigKeys& keys);

}  // namespace wardcast
