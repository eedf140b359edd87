#include "agent/cli/access/access_call.h"

#include "agent/cli/admin/admin_call.h"
#include "agent/cli/print.h"

namespace wardcast::cli {
namespace {

std::string ScopeWords(const v1::Scope& scope) {
  std::string words;
  const auto add = [&words](const char* what, const auto& list) {
    if (list.empty()) return;
    words += (words.empty() ? "" : "; ") + std::string(what);
    for (const std::string& id : list) words += " " + Printable(id);
  };
  add("sites", scope.sites());
  add("buildings", scope.buildings());
  add("wards", scope.wards());
  add("teams", scope.teams());
  add("services", scope.services());
  return words;
}

}  // namespace

int CallAccess(
    Session& session, const std::string& data_dir,
    const std::function<grpc::Status(v1::AccessService::Stub&, grpc::ClientContext*)>& call) {
  const auto channel = AdminChannel(data_dir);
  if (!channel) return kUnreachable;
  grpc::ClientContext context;
  return ExplainAdmin(session, call(*v1::AccessService::NewStub(channel), &context));
}

int CallAudit(
    Session& session, const std::string& data_dir,
    const std::function<grpc::Status(v1::AuditService::Stub&, grpc::ClientContext*)>& call) {
  const auto channel = AdminChannel(data_dir);
  if (!channel) return kUnreachable;
  grpc::ClientContext context;
  return ExplainAdmin(session, call(*v1::AuditService::NewStub(channel), &context));
}

void AddAdminAccess(CLI::App& app, Run& chosen) {
  CLI::App& admin = *app.get_subcommand("admin");
  for (auto* add : {AddAccounts, AddTokens, AddAudit}) add(admin, chosen);
}

void AddScopeFlags(CLI::App& command, ScopeFlags& flags) {
  command
      .add_option(
          "--role", flags.roles,
          "a role set (service-desk, application-team, partner, ward-staff, ward-manager, "
          "house-supervisor, administrator, auditor) or a role (viewer, responder, manager, "
          "publisher, approver)")
      ->type_name("ROLE");
  command.add_option("--site", flags.sites, "only this site")->type_name("ID");
  command.add_option("--building", flags.buildings, "only this building")->type_name("ID");
  command.add_option("--ward", flags.wards, "only this ward")->type_name("ID");
  command.add_option("--team", flags.teams, "only services of this team")->type_name("ID");
  command.add_option("--service", flags.services, "only this service")->type_name("ID");
}

std::vector<v1::Assignment> AssignmentsOf(const ScopeFlags& flags) {
  std::vector<v1::Assignment> assignments;
  for (const std::string& role : flags.roles) {
    v1::Assignment& assignment = assignments.emplace_back();
    assignment.set_role(role);
    v1::Scope& scope = *assignment.mutable_scope();
    for (const std::string& id : flags.sites) scope.add_sites(id);
    for (const std::string& id : flags.buildings) scope.add_buildings(id);
    for (const std::string& id : flags.wards) scope.add_wards(id);
    for (const std::string& id : flags.teams) scope.add_teams(id);
    for (const std::string& id : flags.services) scope.add_services(id);
  }
  return assignments;
}

std::string AssignmentWords(const google::protobuf::RepeatedPtrField<v1::Assignment>& assignments) {
  std::string words;
  for (const v1::Assignment& assignment : assignments) {
    const std::string scope = ScopeWords(assignment.scope());
    words += (words.empty() ? "" : ", ") + Printable(assignment.role()) +
             (scope.empty() ? "" : " (" + scope + ")");
  }
  return words.empty() ? "nothing" : words;
}

}  // namespace wardcast::cli
