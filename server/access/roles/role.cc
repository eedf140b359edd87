#include "server/access/roles/role.h"

namespace wardcast {

std::string_view RoleName(v1::Role::Value role) {
  switch (role) {
    case v1::Role::VIEWER:
      return "viewer";
    case v1::Role::RESPONDER:
      return "responder";
    case v1::Role::MANAGER:
      return "manager";
    case v1::Role::PUBLISHER:
      return "publisher";
    case v1::Role::APPROVER:
      return "approver";
    case v1::Role::ADMINISTRATOR:
      return "administrator";
    case v1::Role::AUDITOR:
      return "auditor";
    default:  // unspecified, and what a newer program has written
      return "unknown";
  }
}

const std::vector<v1::Role::Value>& AllRoles() {
  static const std::vector<v1::Role::Value> kRoles = {
      v1::Role::VIEWER,   v1::Role::RESPONDER,     v1::Role::MANAGER, v1::Role::PUBLISHER,
      v1::Role::APPROVER, v1::Role::ADMINISTRATOR, v1::Role::AUDITOR};
  return kRoles;
}

std::optional<v1::Role::Value> RoleByName(std::string_view name) {
  for (const v1::Role::Value role : AllRoles()) {
    if (RoleName(role) == name) return role;
  }
  return std::nullopt;
}

std::string Roles::Words() const {
  std::vector<std::string_view> names;
  for (const v1::Role::Value role : AllRoles()) {
    if (Has(role)) names.push_back(RoleName(role));
  }
  std::string words;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i > 0) words += i + 1 == names.size() ? " or " : ", ";
    words += names[i];
  }
  return words;
}

}  // namespace wardcast
