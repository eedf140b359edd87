// The shipped role sets, and what an assignment means.
#pragma once

#include <initializer_list>
#include <string>
#include <vector>

#include "base/result.h"
#include "wardcast/v1/role.pb.h"

namespace wardcast {

// Service desk, application team, partner, ward staff, ward manager, house supervisor,
// administrator, auditor; beside them each role by itself.
const std::vector<v1::RoleSet>& RoleSets();

// What a role or role set, narrowed by its scope, grants. kInvalidArgument, with `field` in front
// of each place: no such role, a list that is too long, a scope that the role set needs and that is
// not given.
Result<std::vector<v1::Grant>> ExpandAssignment(const v1::Assignment& assignment,
                                                const std::string& field);

// All assignments together; what cannot be read (of a newer version) grants nothing.
template <class Assignments>
std::vector<v1::Grant> GrantsOf(const Assignments& assignments) {
  std::vector<v1::Grant> grants;
  for (const v1::Assignment& assignment : assignments) {
    if (auto expanded = ExpandAssignment(assignment, ""))
      grants.insert(grants.end(), expanded->begin(), expanded->end());
  }
  return grants;
}

// Every role, or these, without any limit.
std::vector<v1::Grant> EveryGrant();
std::vector<v1::Grant> GrantsOfRoles(std::initializer_list<v1::Role::Value> roles);

// Administrators, approvers and publishers sign in with a second factor.
bool NeedsSecondFactor(const std::vector<v1::Grant>& grants);

}  // namespace wardcast
