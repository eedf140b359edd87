#include "server/access/roles/scope_check.h"

#include <algorithm>
#include <optional>

#include "base/log.h"
#include "server/access/roles/role.h"

namespace wardcast {
namespace {

bool Contains(const google::protobuf::RepeatedPtrField<std::string>& list, const std::string& id) {
  return std::ranges::find(list, id) != list.end();
}

std::string Listed(const google::protobuf::RepeatedPtrField<std::string>& list) {
  constexpr int kMostNamed = 5;
  std::string text;
  for (int i = 0; i < list.size() && i < kMostNamed; ++i)
    text += (text.empty() ? "" : ", ") + LogSafe(list[i]);
  if (list.size() > kMostNamed) text += ", …";
  return text;
}

bool HasPlaces(const v1::Scope& scope) {
  return !scope.sites().empty() || !scope.buildings().empty() || !scope.wards().empty();
}

// Sites, buildings and wards of a scope add up.
bool CoversWard(const v1::Scope& scope, const std::string& ward_id, const Directory& directory) {
  if (!HasPlaces(scope)) return true;
  if (Contains(scope.wards(), ward_id)) return true;
  const v1::Ward* ward = directory.FindWard(ward_id);
  if (ward == nullptr) return false;
  if (Contains(scope.buildings(), ward->building_id())) return true;
  const v1::Site* site = directory.SiteOfWard(ward_id);
  return site != nullptr && Contains(scope.sites(), site->id());
}

std::string PlacesOf(const v1::Scope& scope) {
  std::string text;
  const auto add = [&text](const char* what, const auto& list) {
    if (!list.empty()) text += (text.empty() ? "" : "; ") + std::string(what) + " " + Listed(list);
  };
  add("sites", scope.sites());
  add("buildings", scope.buildings());
  add("wards", scope.wards());
  return text;
}

// Empty: covered.
std::string ServicesOutside(const v1::Scope& scope, const v1::Alert& alert,
                            const Directory& directory) {
  if (scope.services().empty() && scope.teams().empty()) return {};
  const std::string mine = "your role reaches services " + Listed(scope.services()) +
                           (scope.teams().empty() ? "" : " of teams " + Listed(scope.teams()));
  if (alert.services().empty()) return mine + ", and this notice names none";
  for (const std::string& id : alert.services()) {
    if (Contains(scope.services(), id)) continue;
    const v1::Service* service = directory.FindService(id);
    if (service == nullptr || !Contains(scope.teams(), service->team_id()))
      return mine + ", not " + LogSafe(id);
  }
  return {};
}

std::string PlacesOutside(const v1::Scope& scope, const ResolvedAudience& audience,
                          const Directory& directory) {
  if (!HasPlaces(scope)) return {};
  for (const ResolvedAudience::Ward& ward : audience.wards) {
    if (!CoversWard(scope, ward.ward_id, directory))
      return "your role reaches " + PlacesOf(scope) + ", not ward " + LogSafe(ward.ward_id);
  }
  if (!audience.unplaced.empty())
    return "your role reaches " + PlacesOf(scope) + ", not PCs without a ward";
  return {};
}

std::string KindOutside(const v1::Scope& scope, const v1::Alert& alert) {
  if (scope.kinds().empty() ||
      std::ranges::find(scope.kinds(), alert.kind()) != scope.kinds().end())
    return {};
  std::string kinds;
  for (const int kind : scope.kinds())
    kinds += (kinds.empty() ? "" : ", ") + v1::Kind::Value_Name(static_cast<v1::Kind::Value>(kind));
  return "your role reaches notices of the kind " + kinds + ", not " +
         v1::Kind::Value_Name(alert.kind());
}

std::string StrengthOutside(const v1::Scope& scope, const v1::Alert& alert) {
  if (scope.max_severity() != v1::Severity::UNSPECIFIED &&
      alert.severity() > scope.max_severity()) {
    return "your role goes up to severity " + v1::Severity::Value_Name(scope.max_severity()) +
           ", this notice is " + v1::Severity::Value_Name(alert.severity());
  }
  if (scope.max_presentation() != v1::Presentation::UNSPECIFIED &&
      alert.presentation() > scope.max_presentation()) {
    return "your role goes up to presentation " +
           v1::Presentation::Value_Name(scope.max_presentation()) + ", this notice asks for " +
           v1::Presentation::Value_Name(alert.presentation());
  }
  return {};
}

bool ReachesBeyond(const v1::Scope& scope, const ResolvedAudience& audience) {
  return scope.max_endpoints() > 0 && audience.expected_count() > scope.max_endpoints();
}

std::string ReachOutside(const v1::Scope& scope, const ResolvedAudience& audience) {
  if (!ReachesBeyond(scope, audience)) return {};
  return "your role reaches " + std::to_string(scope.max_endpoints()) +
         " PCs with one notice, this one goes to " + std::to_string(audience.expected_count());
}

// What keeps this grant from it; empty: nothing.
std::string OutsideOf(const v1::Scope& scope, const v1::Alert& alert,
                      const ResolvedAudience& audience, const Directory& directory, Extent extent) {
  std::string outside = KindOutside(scope, alert);
  if (outside.empty()) outside = ServicesOutside(scope, alert, directory);
  if (outside.empty()) outside = PlacesOutside(scope, audience, directory);
  if (outside.empty() && extent != Extent::kAbout) outside = StrengthOutside(scope, alert);
  if (outside.empty() && extent == Extent::kWhole) outside = ReachOutside(scope, audience);
  return outside;
}

// What keeps these grants from it, by the last of them; nullopt: one covers it.
std::optional<std::string> OutsideOfAll(v1::Role::Value role, const std::vector<v1::Grant>& grants,
                                        const v1::Alert& alert, const ResolvedAudience& audience,
                                        const Directory& directory, Extent extent) {
  std::string outside =
      "this needs the role " + std::string(RoleName(role)) + ", which you do not have";
  for (const v1::Grant& grant : grants) {
    if (grant.role() != role) continue;
    outside = OutsideOf(grant.scope(), alert, audience, directory, extent);
    if (outside.empty()) return std::nullopt;
  }
  return outside;
}

}  // namespace

Result<void> CheckPublisher(const Identity& caller, const v1::Alert& alert,
                            const ResolvedAudience& audience, const Directory& directory,
                            Extent extent) {
  auto outside =
      OutsideOfAll(v1::Role::PUBLISHER, caller.grants, alert, audience, directory, extent);
  if (!outside) return {};
  return Fail(Code::kPermissionDenied, *outside);
}

std::string OnlyReachOutside(const Identity& caller, const v1::Alert& alert,
                             const ResolvedAudience& audience, const Directory& directory) {
  int most = 0;
  for (const v1::Grant& grant : caller.grants) {
    if (grant.role() != v1::Role::PUBLISHER) continue;
    if (!OutsideOf(grant.scope(), alert, audience, directory, Extent::kButReach).empty()) continue;
    if (!ReachesBeyond(grant.scope(), audience)) return {};
    most = std::max(most, grant.scope().max_endpoints());
  }
  if (most == 0) return {};
  return "It reaches " + std::to_string(audience.expected_count()) + " PCs; your role reaches " +
         std::to_string(most) + " with one notice without a second person.";
}

Result<void> CheckApprover(const Identity& caller, const v1::Alert& alert,
                           const ResolvedAudience& audience, const Directory& directory) {
  auto outside =
      OutsideOfAll(v1::Role::APPROVER, caller.grants, alert, audience, directory, Extent::kAbout);
  if (!outside) return {};
  return Fail(Code::kPermissionDenied, *outside);
}

bool MayApprove(const std::vector<v1::Grant>& grants, const v1::Alert& alert,
                const ResolvedAudience& audience, const Directory& directory) {
  return !OutsideOfAll(v1::Role::APPROVER, grants, alert, audience, directory, Extent::kAbout);
}

bool IsBoundToPlaces(const Identity& caller) {
  return std::ranges::any_of(caller.grants, [](const v1::Grant& grant) {
    return grant.role() == v1::Role::PUBLISHER && HasPlaces(grant.scope());
  });
}

Result<void> CheckWard(const Identity& caller, const std::string& ward_id,
                       const Directory& directory) {
  std::string reached;
  for (const v1::Grant& grant : caller.grants) {
    if (grant.role() != v1::Role::RESPONDER && grant.role() != v1::Role::MANAGER) continue;
    if (CoversWard(grant.scope(), ward_id, directory)) return {};
    reached = PlacesOf(grant.scope());
  }
  return Fail(Code::kPermissionDenied,
              "you may not answer for ward " + LogSafe(ward_id) +
                  (reached.empty() ? ": this needs the role responder or manager"
                                   : ": your role reaches " + reached));
}

}  // namespace wardcast
