#include "server/access/roles/role_sets.h"

#include <algorithm>
#include <initializer_list>

#include "server/access/roles/role.h"

namespace wardcast {
namespace {

constexpr int kMostInScope = 200;
constexpr std::size_t kLongestScopeId = 100;
constexpr int kPartnersEndpoints = 200;

v1::Grant PlainGrant(v1::Role::Value role) {
  v1::Grant grant;
  grant.set_role(role);
  return grant;
}

v1::Grant KindsGrant(v1::Role::Value role, std::initializer_list<v1::Kind::Value> kinds,
                     v1::Presentation::Value strongest) {
  v1::Grant grant = PlainGrant(role);
  for (const v1::Kind::Value kind : kinds) grant.mutable_scope()->add_kinds(kind);
  grant.mutable_scope()->set_max_presentation(strongest);
  return grant;
}

v1::Grant ItNotices() {
  return KindsGrant(
      v1::Role::PUBLISHER,
      {v1::Kind::OUTAGE, v1::Kind::DEGRADED, v1::Kind::PLANNED_DOWNTIME, v1::Kind::INFORMATION},
      v1::Presentation::DIALOG);
}

v1::RoleSet Set(std::string id, std::string name, std::string description,
                std::vector<v1::Grant> grants, std::vector<std::string> needs) {
  v1::RoleSet set;
  set.set_id(std::move(id));
  set.set_name(std::move(name));
  set.set_description(std::move(description));
  for (v1::Grant& grant : grants) *set.add_grants() = std::move(grant);
  for (std::string& need : needs) set.add_needs(std::move(need));
  return set;
}

std::vector<v1::RoleSet> MakeSets() {
  using v1::Role;
  v1::Grant partner = ItNotices();
  partner.mutable_scope()->set_max_endpoints(kPartnersEndpoints);
  return {
      Set("service-desk", "Service desk",
          "Outages, degraded services, planned downtime and information for all services and "
          "sites, as a dialog at most; updates and ends anyone's",
          {ItNotices()}, {}),
      Set("application-team", "Application team",
          "The same for its own services; approves its own team's planned downtime",
          {ItNotices(),
           KindsGrant(Role::APPROVER, {v1::Kind::PLANNED_DOWNTIME}, v1::Presentation::UNSPECIFIED)},
          {"services"}),
      Set("partner", "Partner",
          "Its own services at one site; for more than 200 PCs with an approver", {partner},
          {"services", "sites"}),
      Set("ward-staff", "Ward staff", "Acknowledges for its ward", {PlainGrant(Role::RESPONDER)},
          {"wards"}),
      Set("ward-manager", "Ward manager", "Answers for its own wards",
          {PlainGrant(Role::RESPONDER), PlainGrant(Role::MANAGER)}, {"wards"}),
      Set("house-supervisor", "House supervisor",
          "Approves, sends emergencies, acknowledges for any ward; cannot end IT notices",
          {PlainGrant(Role::APPROVER),
           KindsGrant(Role::PUBLISHER, {v1::Kind::EMERGENCY}, v1::Presentation::UNSPECIFIED),
           PlainGrant(Role::RESPONDER), PlainGrant(Role::MANAGER)},
          {}),
  };
}

// The ids of roles are names of their own: "administrator" and "auditor" are role sets of one role.
std::vector<v1::RoleSet> MakeAllSets() {
  std::vector<v1::RoleSet> sets = MakeSets();
  sets.push_back(Set("administrator", "Administrator", "Configures; cannot publish",
                     {PlainGrant(v1::Role::ADMINISTRATOR)}, {}));
  sets.push_back(Set("auditor", "Auditor", "Reads everything, the audit trail too",
                     {PlainGrant(v1::Role::AUDITOR)}, {}));
  return sets;
}

template <class T>
T Smaller(T a, T b) {
  if (a == T{}) return b;
  if (b == T{}) return a;
  return std::min(a, b);
}

// What both allow: a list that only one of them has as it is, of two lists what is in both. False:
// they have nothing in common, which grants nothing (an empty list would be no limit).
template <class List>
bool Intersect(List& into, const List& other) {
  if (other.empty()) return true;
  if (into.empty()) {
    into.CopyFrom(other);
    return true;
  }
  const List before = into;
  into.Clear();
  for (const auto& one : before) {
    if (std::ranges::find(other, one) != other.end()) *into.Add() = one;
  }
  return !into.empty();
}

bool IntersectScopes(v1::Scope& into, const v1::Scope& other) {
  into.set_max_severity(Smaller(into.max_severity(), other.max_severity()));
  into.set_max_presentation(Smaller(into.max_presentation(), other.max_presentation()));
  into.set_max_endpoints(Smaller(into.max_endpoints(), other.max_endpoints()));
  return Intersect(*into.mutable_sites(), other.sites()) &&
         Intersect(*into.mutable_buildings(), other.buildings()) &&
         Intersect(*into.mutable_wards(), other.wards()) &&
         Intersect(*into.mutable_teams(), other.teams()) &&
         Intersect(*into.mutable_services(), other.services()) &&
         Intersect(*into.mutable_kinds(), other.kinds());
}

void AddListViolations(const google::protobuf::RepeatedPtrField<std::string>& list,
                       const std::string& field, std::vector<FieldViolation>& violations) {
  if (list.size() > kMostInScope)
    violations.push_back({field, "at most " + std::to_string(kMostInScope) + " entries"});
  for (const std::string& id : list) {
    if (id.empty() || id.size() > kLongestScopeId)
      violations.push_back({field, "each id has 1 to 100 characters"});
  }
}

std::vector<FieldViolation> CheckScope(const v1::Scope& scope, const std::string& field) {
  std::vector<FieldViolation> violations;
  AddListViolations(scope.sites(), field + ".sites", violations);
  AddListViolations(scope.buildings(), field + ".buildings", violations);
  AddListViolations(scope.wards(), field + ".wards", violations);
  AddListViolations(scope.teams(), field + ".teams", violations);
  AddListViolations(scope.services(), field + ".services", violations);
  if (scope.kinds_size() > kMostInScope)
    violations.push_back({field + ".kinds", "at most 200 entries"});
  if (scope.max_endpoints() < 0)
    violations.push_back({field + ".max_endpoints", "must be 0 (no limit) or more"});
  return violations;
}

const v1::RoleSet* FindSet(const std::string& id) {
  const auto found = std::ranges::find(RoleSets(), id, &v1::RoleSet::id);
  return found == RoleSets().end() ? nullptr : &*found;
}

std::string KnownRoles() {
  std::string known;
  for (const v1::RoleSet& set : RoleSets()) known += (known.empty() ? "" : ", ") + set.id();
  for (const v1::Role::Value role : AllRoles()) {
    const std::string name(RoleName(role));
    if (!FindSet(name)) known += ", " + name;
  }
  return known;
}

bool HasNeed(const v1::Scope& scope, const std::string& need) {
  if (need == "services") return !scope.services().empty() || !scope.teams().empty();
  if (need == "wards") return !scope.wards().empty();
  return !scope.sites().empty();
}

}  // namespace

const std::vector<v1::RoleSet>& RoleSets() {
  static const std::vector<v1::RoleSet> kSets = MakeAllSets();
  return kSets;
}

Result<std::vector<v1::Grant>> ExpandAssignment(const v1::Assignment& assignment,
                                                const std::string& field) {
  const v1::Scope& scope = assignment.scope();
  std::vector<FieldViolation> violations = CheckScope(scope, field + ".scope");
  std::vector<v1::Grant> grants;
  if (const v1::RoleSet* set = FindSet(assignment.role())) {
    grants.assign(set->grants().begin(), set->grants().end());
    for (const std::string& need : set->needs()) {
      if (!HasNeed(scope, need)) {
        violations.push_back({field + ".scope." + need,
                              "the role set " + set->id() + " needs to know which " + need});
      }
    }
  } else if (const auto role = RoleByName(assignment.role())) {
    grants.push_back(PlainGrant(*role));
  } else {
    violations.push_back(
        {field + ".role", "must be a role set or a role; known are " + KnownRoles()});
  }
  if (!violations.empty()) return Invalid(std::move(violations));
  std::vector<v1::Grant> narrowed;
  for (v1::Grant& grant : grants) {
    if (IntersectScopes(*grant.mutable_scope(), scope)) narrowed.push_back(std::move(grant));
  }
  return narrowed;
}

std::vector<v1::Grant> EveryGrant() {
  std::vector<v1::Grant> grants;
  for (const v1::Role::Value role : AllRoles()) grants.push_back(PlainGrant(role));
  return grants;
}

std::vector<v1::Grant> GrantsOfRoles(std::initializer_list<v1::Role::Value> roles) {
  std::vector<v1::Grant> grants;
  for (const v1::Role::Value role : roles) grants.push_back(PlainGrant(role));
  return grants;
}

bool NeedsSecondFactor(const std::vector<v1::Grant>& grants) {
  return std::ranges::any_of(grants, [](const v1::Grant& grant) {
    return grant.role() == v1::Role::ADMINISTRATOR || grant.role() == v1::Role::APPROVER ||
           grant.role() == v1::Role::PUBLISHER;
  });
}

}  // namespace wardcast
