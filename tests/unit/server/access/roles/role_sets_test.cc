// What the shipped role sets mean, and how a scope narrows them.
#include "server/access/roles/role_sets.h"

#include <gmock/gmock.h>

#include <functional>
#include <set>

#include "server/access/roles/role.h"
#include "server/access/roles/scope_check.h"
#include "tests/fixtures/hospital.h"

namespace wardcast {
namespace {

using ::testing::HasSubstr;

v1::Assignment Of(const std::string& role) {
  v1::Assignment assignment;
  assignment.set_role(role);
  return assignment;
}

std::set<v1::Role::Value> RolesIn(const std::vector<v1::Grant>& grants) {
  std::set<v1::Role::Value> roles;
  for (const v1::Grant& grant : grants) roles.insert(grant.role());
  return roles;
}

TEST(RoleSets, AreTheShippedOnes) {
  std::vector<std::string> ids;
  for (const v1::RoleSet& set : RoleSets()) ids.push_back(set.id());
  EXPECT_THAT(
      ids, ::testing::ElementsAre("service-desk", "application-team", "partner", "ward-staff",
                                  "ward-manager", "house-supervisor", "administrator", "auditor"));
}

TEST(RoleSets, AnAdministratorDoesNotPublish) {
  EXPECT_EQ(RolesIn(*ExpandAssignment(Of("administrator"), "a")),
            std::set<v1::Role::Value>{v1::Role::ADMINISTRATOR});
}

TEST(RoleSets, EveryRoleIsOneByItself) {
  for (const v1::Role::Value role : AllRoles()) {
    const auto grants = ExpandAssignment(Of(std::string(RoleName(role))), "a");
    ASSERT_TRUE(grants) << RoleName(role);
    EXPECT_EQ(RolesIn(*grants), std::set<v1::Role::Value>{role});
  }
}

TEST(RoleSets, WhatASetMustKnowIsAskedFor) {
  for (const char* id : {"application-team", "partner", "ward-staff", "ward-manager"}) {
    const auto refused = ExpandAssignment(Of(id), "assignments[0]");
    ASSERT_FALSE(refused) << id;
    EXPECT_THAT(refused.error().message, HasSubstr("assignments[0].scope.")) << id;
  }
  const auto unknown = ExpandAssignment(Of("superuser"), "assignments[0]");
  ASSERT_FALSE(unknown);
  EXPECT_THAT(unknown.error().message, HasSubstr("service-desk"));
}

TEST(RoleSets, AScopeNarrowsAndNeverWidens) {
  v1::Assignment desk = Of("service-desk");
  desk.mutable_scope()->add_sites("main");
  desk.mutable_scope()->add_kinds(v1::Kind::OUTAGE);
  desk.mutable_scope()->add_kinds(v1::Kind::EMERGENCY);
  desk.mutable_scope()->set_max_presentation(v1::Presentation::TAKEOVER);
  const auto grants = *ExpandAssignment(desk, "a");
  ASSERT_EQ(grants.size(), 1u);
  EXPECT_THAT(grants[0].scope().kinds(), ::testing::ElementsAre(v1::Kind::OUTAGE));
  EXPECT_EQ(grants[0].scope().max_presentation(), v1::Presentation::DIALOG);
  EXPECT_THAT(grants[0].scope().sites(), ::testing::ElementsAre("main"));
  desk.mutable_scope()->clear_kinds();
  desk.mutable_scope()->add_kinds(v1::Kind::EMERGENCY);
  EXPECT_TRUE(ExpandAssignment(desk, "a")->empty())
      << "nothing in common grants nothing, not everything";
}

TEST(RoleSets, ThoseWhoCanDoHarmNeedASecondFactor) {
  EXPECT_TRUE(NeedsSecondFactor(*ExpandAssignment(Of("administrator"), "a")));
  EXPECT_TRUE(NeedsSecondFactor(*ExpandAssignment(Of("service-desk"), "a")));
  EXPECT_TRUE(NeedsSecondFactor(*ExpandAssignment(Of("house-supervisor"), "a")));
  EXPECT_FALSE(NeedsSecondFactor(*ExpandAssignment(Of("auditor"), "a")));
  EXPECT_FALSE(NeedsSecondFactor(*ExpandAssignment(Of("viewer"), "a")));
}

struct ScopeCase {
  const char* name;
  std::function<void(v1::Scope&)> scope;
  bool allowed;
};

TEST(ScopeCheck, EachLimitHoldsByItself) {
  const DirectoryPtr directory = testing::MakeDirectory(testing::SmallHospital(), 1);
  v1::Alert alert = testing::MakeAlert("A", 1, {"4w"});
  alert.set_kind(v1::Kind::OUTAGE);
  alert.set_severity(v1::Severity::SEVERE);
  alert.set_presentation(v1::Presentation::DIALOG);
  alert.clear_services();
  const ResolvedAudience audience = Resolve(alert.audience(), {}, *directory);
  const std::string site = directory->SiteOfWard("4w")->id();
  const std::string building = directory->FindWard("4w")->building_id();
  const ScopeCase cases[] = {
      {"none", [](v1::Scope&) {}, true},
      {"its site", [&](v1::Scope& s) { s.add_sites(site); }, true},
      {"its building", [&](v1::Scope& s) { s.add_buildings(building); }, true},
      {"its ward", [](v1::Scope& s) { s.add_wards("4w"); }, true},
      {"another ward", [](v1::Scope& s) { s.add_wards("icu"); }, false},
      {"another site", [](v1::Scope& s) { s.add_sites("north"); }, false},
      {"another ward, but its site",
       [&](v1::Scope& s) {
         s.add_wards("icu");
         s.add_sites(site);
       },
       true},
      {"a service, and none is named", [](v1::Scope& s) { s.add_services("lab"); }, false},
      {"its kind", [](v1::Scope& s) { s.add_kinds(v1::Kind::OUTAGE); }, true},
      {"another kind", [](v1::Scope& s) { s.add_kinds(v1::Kind::SECURITY); }, false},
      {"as severe", [](v1::Scope& s) { s.set_max_severity(v1::Severity::SEVERE); }, true},
      {"less severe", [](v1::Scope& s) { s.set_max_severity(v1::Severity::MODERATE); }, false},
      {"as strong", [](v1::Scope& s) { s.set_max_presentation(v1::Presentation::DIALOG); }, true},
      {"weaker", [](v1::Scope& s) { s.set_max_presentation(v1::Presentation::TOAST); }, false},
      {"as many PCs", [&](v1::Scope& s) { s.set_max_endpoints(audience.expected_count()); }, true},
      {"fewer PCs", [](v1::Scope& s) { s.set_max_endpoints(1); }, false},
  };
  for (const ScopeCase& one : cases) {
    Identity caller{.kind = Identity::Kind::kPerson, .name = "ann"};
    caller.grants.emplace_back().set_role(v1::Role::PUBLISHER);
    one.scope(*caller.grants[0].mutable_scope());
    const auto checked = CheckPublisher(caller, alert, audience, *directory, Extent::kWhole);
    EXPECT_EQ(checked.has_value(), one.allowed) << one.name;
    if (!checked) {
      EXPECT_THAT(checked.error().message, HasSubstr("your role")) << one.name;
    }
  }
  Identity viewer{.kind = Identity::Kind::kPerson, .name = "vera"};
  viewer.grants.emplace_back().set_role(v1::Role::VIEWER);
  EXPECT_THAT(CheckPublisher(viewer, alert, audience, *directory, Extent::kWhole).error().message,
              HasSubstr("publisher"));
}

}  // namespace
}  // namespace wardcast
