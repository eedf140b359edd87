// The roles by name, and sets of them.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "wardcast/v1/role.pb.h"

namespace wardcast {

// "publisher"; nullopt: no role has that name.
std::string_view RoleName(v1::Role::Value role);
std::optional<v1::Role::Value> RoleByName(std::string_view name);
// All seven, in the order of the contract.
const std::vector<v1::Role::Value>& AllRoles();

// Several roles, of which one is enough.
class Roles {
 public:
  constexpr Roles() = default;
  constexpr Roles(std::initializer_list<v1::Role::Value> roles) {
    for (const v1::Role::Value role : roles) bits_ |= 1u << role;
  }
  constexpr bool Has(v1::Role::Value role) const { return (bits_ & (1u << role)) != 0; }
  constexpr bool empty() const { return bits_ == 0; }
  // "publisher or approver".
  std::string Words() const;

 private:
  std::uint32_t bits_ = 0;
};

}  // namespace wardcast
