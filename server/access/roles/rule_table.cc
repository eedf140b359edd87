#include "server/access/roles/rule_table.h"

#include <algorithm>
#include <array>
#include <string>

namespace wardcast {
namespace {

using v1::Role;

// Whoever has any role may read.
constexpr Roles kReaders = {Role::VIEWER,   Role::RESPONDER,     Role::MANAGER, Role::PUBLISHER,
                            Role::APPROVER, Role::ADMINISTRATOR, Role::AUDITOR};
constexpr Roles kAdministrator = {Role::ADMINISTRATOR};
constexpr Roles kPublisher = {Role::PUBLISHER};
constexpr Roles kApprover = {Role::APPROVER};

// By method, for the binary search.
constexpr auto kRules = std::to_array<MethodRule>({
    {"wardcast.v1.AccessService/BeginTotp", Needs::kSession, {}, true},
    // Who guesses there is written down by the desk.
    {"wardcast.v1.AccessService/Confirm", Needs::kSession, {}, true},
    {"wardcast.v1.AccessService/ConfirmTotp", Needs::kSession, {}, true, true},
    {"wardcast.v1.AccessService/CreateToken", Needs::kRole, kAdministrator, false, true,
     Confirmed::kYes},
    {"wardcast.v1.AccessService/EndSession", Needs::kRole, kAdministrator, false, true},
    {"wardcast.v1.AccessService/ListAccounts", Needs::kRole, kAdministrator},
    {"wardcast.v1.AccessService/ListRoleSets", Needs::kRole, kAdministrator},
    {"wardcast.v1.AccessService/ListSessions", Needs::kRole, kAdministrator},
    {"wardcast.v1.AccessService/ListTokens", Needs::kRole, kAdministrator},
    {"wardcast.v1.AccessService/MakePasswordLink", Needs::kRole, kAdministrator, false, true,
     Confirmed::kYes},
    {"wardcast.v1.AccessService/RemoveAccount", Needs::kRole, kAdministrator, false, true,
     Confirmed::kYes},
    {"wardcast.v1.AccessService/RevokeToken", Needs::kRole, kAdministrator, false, true},
    {"wardcast.v1.AccessService/SetPassword", Needs::kNothing, {}, true},
    {"wardcast.v1.AccessService/SignIn", Needs::kNothing, {}, true},
    {"wardcast.v1.AccessService/SignOut", Needs::kSession, {}, true, true},
    {"wardcast.v1.AccessService/UpsertAccount", Needs::kRole, kAdministrator, false, true,
     Confirmed::kYes},
    {"wardcast.v1.AccessService/WhoAmI", Needs::kIdentity, {}, true},
    {"wardcast.v1.AdminService/Backup", Needs::kLocal, {}, false, true},
    {"wardcast.v1.AdminService/CheckDirectory", Needs::kLocal, {}, false, true},
    {"wardcast.v1.AdminService/CreateEnrollToken", Needs::kLocal, {}, false, true},
    {"wardcast.v1.AdminService/ExportIdentity", Needs::kLocal, {}, false, true},
    {"wardcast.v1.AdminService/ListCertificates", Needs::kLocal},
    {"wardcast.v1.AdminService/ListEnrollTokens", Needs::kLocal},
    {"wardcast.v1.AdminService/RevokeCertificate", Needs::kLocal, {}, false, true},
    {"wardcast.v1.AdminService/RevokeEnrollToken", Needs::kLocal, {}, false, true},
    {"wardcast.v1.AlertService/AcknowledgeAlert", Needs::kRole, {Role::RESPONDER, Role::MANAGER}},
    // Publishers too: where nobody is there to approve, they may break the glass.
    {"wardcast.v1.AlertService/ApproveAlert",
     Needs::kRole,
     {Role::PUBLISHER, Role::APPROVER},
     false,
     true,
     Confirmed::kIfWide},
    {"wardcast.v1.AlertService/EndAlert", Needs::kRole, kPublisher, false, true},
    {"wardcast.v1.AlertService/GetAlert", Needs::kRole, kReaders},
    {"wardcast.v1.AlertService/GetProgress", Needs::kRole, kReaders},
    {"wardcast.v1.AlertService/GetTimeline", Needs::kRole, kReaders},
    {"wardcast.v1.AlertService/ListAlerts", Needs::kRole, kReaders},
    {"wardcast.v1.AlertService/ListUnreached", Needs::kRole, kReaders},
    {"wardcast.v1.AlertService/PostponeAlert", Needs::kRole, kPublisher, false, true,
     Confirmed::kIfWide},
    {"wardcast.v1.AlertService/PreviewAudience", Needs::kRole, {Role::PUBLISHER, Role::APPROVER}},
    {"wardcast.v1.AlertService/PublishAlert", Needs::kRole, kPublisher, false, true,
     Confirmed::kIfWide},
    {"wardcast.v1.AlertService/RecallAlert", Needs::kRole, kPublisher, false, true},
    {"wardcast.v1.AlertService/RejectAlert", Needs::kRole, kApprover, false, true},
    {"wardcast.v1.AlertService/UpdateAlert", Needs::kRole, kPublisher, false, true,
     Confirmed::kIfWide},
    {"wardcast.v1.AlertService/WatchProgress", Needs::kRole, kReaders},
    {"wardcast.v1.AuditService/ListEvents", Needs::kRole, {Role::AUDITOR, Role::ADMINISTRATOR}},
    {"wardcast.v1.CatalogueService/GetServiceStatus", Needs::kPresence, kReaders},
    {"wardcast.v1.CatalogueService/ListProcedures", Needs::kRole, kReaders},
    {"wardcast.v1.CatalogueService/ListServices", Needs::kRole, kReaders},
    {"wardcast.v1.CatalogueService/ListTeams", Needs::kRole, kReaders},
    {"wardcast.v1.CatalogueService/ListTemplates", Needs::kRole, kReaders},
    {"wardcast.v1.CatalogueService/ProposeImpact", Needs::kRole, kReaders},
    {"wardcast.v1.CatalogueService/RemoveFromCatalogue", Needs::kRole, kAdministrator, false, true},
    {"wardcast.v1.CatalogueService/UpsertCatalogue", Needs::kRole, kAdministrator, false, true},
    // Names of people are in it.
    {"wardcast.v1.DirectoryService/ExportDirectory", Needs::kRole, kAdministrator, false, true},
    {"wardcast.v1.DirectoryService/ImportDirectory", Needs::kRole, kAdministrator, false, true},
    {"wardcast.v1.DirectoryService/ListBuildings", Needs::kRole, kReaders},
    {"wardcast.v1.DirectoryService/ListEndpoints", Needs::kRole, kReaders},
    // Names of people are for their manager and the auditor.
    {"wardcast.v1.DirectoryService/ListPeople",
     Needs::kRole,
     {Role::MANAGER, Role::ADMINISTRATOR, Role::AUDITOR}},
    {"wardcast.v1.DirectoryService/ListSites", Needs::kRole, kReaders},
    {"wardcast.v1.DirectoryService/ListWards", Needs::kRole, kReaders},
    {"wardcast.v1.DirectoryService/RemoveFromDirectory", Needs::kRole, kAdministrator, false, true},
    {"wardcast.v1.DirectoryService/UpsertDirectory", Needs::kRole, kAdministrator, false, true},
    // Their credential is in the request: an enrolment token, a signature of the registered key.
    {"wardcast.v1.EndpointService/Enroll", Needs::kNothing, {}, false, true},
    {"wardcast.v1.EndpointService/EnrollBrowser", Needs::kNothing, {}, false, true},
    {"wardcast.v1.EndpointService/GetProcedures", Needs::kPresence, kReaders},
    {"wardcast.v1.EndpointService/GetSettings", Needs::kPresence, kReaders},
    {"wardcast.v1.EndpointService/Renew", Needs::kNothing},
    {"wardcast.v1.EndpointService/Report", Needs::kEndpoint},
    {"wardcast.v1.EndpointService/Subscribe", Needs::kPresence, kReaders},
    {"wardcast.v1.SystemService/GetHealth", Needs::kNothing},
    {"wardcast.v1.SystemService/GetVersion", Needs::kNothing},
});
static_assert(std::ranges::is_sorted(kRules, {}, &MethodRule::method));

std::string_view ShortName(std::string_view method) { return method.substr(method.rfind('/') + 1); }

Result<void> NotSignedIn(std::string_view method) {
  return Fail(Code::kUnauthenticated,
              std::string(ShortName(method)) +
                  " needs to know who you are: sign in, or send `Authorization: Bearer TOKEN`");
}

bool IsEndpoint(const Identity& caller) {
  return caller.kind == Identity::Kind::kEndpoint || caller.kind == Identity::Kind::kUnproven;
}

// A certificate says which machine this is, and nothing about who sits there.
bool IsSomebody(const Identity& caller) {
  return caller.kind != Identity::Kind::kNobody && !IsEndpoint(caller);
}

Result<void> CheckRoles(const MethodRule& rule, const Identity& caller) {
  for (const v1::Grant& grant : caller.grants) {
    if (rule.roles.Has(grant.role())) return {};
  }
  return Fail(Code::kPermissionDenied, std::string(ShortName(rule.method)) + " needs the role " +
                                           rule.roles.Words() + ", which you do not have");
}

}  // namespace

std::span<const MethodRule> RuleTable() { return kRules; }

const MethodRule* FindRule(std::string_view method) {
  const auto found = std::ranges::lower_bound(kRules, method, {}, &MethodRule::method);
  return found != kRules.end() && found->method == method ? &*found : nullptr;
}

Result<void> CheckRule(const MethodRule& rule, const Identity& caller) {
  if (rule.needs == Needs::kLocal) {
    if (caller.kind == Identity::Kind::kLocal) return {};
    return Fail(Code::kUnimplemented, "this broker has no method " + std::string(rule.method));
  }
  if (rule.needs == Needs::kNothing) return {};
  if ((rule.needs == Needs::kEndpoint || rule.needs == Needs::kPresence) && IsEndpoint(caller))
    return {};
  if (rule.needs == Needs::kEndpoint) {
    if (!IsSomebody(caller)) {
      return Fail(Code::kUnauthenticated,
                  std::string(ShortName(rule.method)) +
                      " is for endpoints: enrol this machine (wardcast admin enroll-token)");
    }
    return Fail(Code::kPermissionDenied,
                std::string(ShortName(rule.method)) + " is for enrolled endpoints, not for people");
  }
  if (rule.needs == Needs::kIdentity && caller.kind == Identity::Kind::kEndpoint) return {};
  if (!IsSomebody(caller)) return NotSignedIn(rule.method);
  if (caller.second_factor_missing && !rule.before_second_factor) {
    return Fail(Code::kPermissionDenied,
                "your role needs an authenticator: sign in to the console, or run `wardcast "
                "authenticator`, and set one up");
  }
  switch (rule.needs) {
    case Needs::kIdentity:
      return {};
    case Needs::kSession:
      if (caller.kind == Identity::Kind::kPerson) return {};
      return Fail(Code::kPermissionDenied, std::string(ShortName(rule.method)) +
                                               " is for people who have signed in, not for tokens");
    case Needs::kPresence:
    case Needs::kRole:
      return CheckRoles(rule, caller);
    case Needs::kNothing:
    case Needs::kEndpoint:
    case Needs::kLocal:
      break;
  }
  return {};
}

}  // namespace wardcast
