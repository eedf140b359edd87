#include "server/access/ldap/group_roles.h"

#include <ldap.h>

#include <algorithm>
#include <set>

namespace wardcast {

std::optional<std::string> NormalDn(const std::string& dn) {
  char* normal = nullptr;
  const int outcome =
      ldap_dn_normalize(dn.c_str(), LDAP_DN_FORMAT_LDAPV3, &normal, LDAP_DN_FORMAT_LDAPV3);
  if (outcome != LDAP_SUCCESS || normal == nullptr || dn.find('\0') != std::string::npos) {
    ldap_memfree(normal);
    return std::nullopt;
  }
  std::string text = normal;
  ldap_memfree(normal);
  std::ranges::transform(text, text.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return text;
}

GroupRoles::GroupRoles(const std::vector<GroupRole>& roles) {
  for (const GroupRole& role : roles) {
    if (auto group = NormalDn(role.group)) roles_.emplace_back(std::move(*group), role.assignment);
  }
}

std::vector<v1::Assignment> GroupRoles::Of(const std::vector<std::string>& groups) const {
  std::set<std::string> mine;
  for (const std::string& group : groups) {
    if (auto normal = NormalDn(group)) mine.insert(std::move(*normal));
  }
  std::vector<v1::Assignment> assignments;
  for (const auto& [group, assignment] : roles_) {
    if (mine.contains(group)) assignments.push_back(assignment);
  }
  return assignments;
}

}  // namespace wardcast
