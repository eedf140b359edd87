// What the directory's groups give here.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "server/access/ldap/ldap_config.h"

namespace wardcast {

// A name in the directory in one spelling (RFC 4514), so that capitals, blanks and ways of escaping
// make no difference. nullopt: it is no such name.
std::optional<std::string> NormalDn(const std::string& dn);

// Threads: any.
class GroupRoles {
 public:
  explicit GroupRoles(const std::vector<GroupRole>& roles);

  // The assignments of all of these groups, in the order of the configuration.
  std::vector<v1::Assignment> Of(const std::vector<std::string>& groups) const;

 private:
  // By the group's normal spelling.
  std::vector<std::pair<std::string, v1::Assignment>> roles_;
};

}  // namespace wardcast
