#include "agent/cli/access/access_call.h"

#include <algorithm>
#include <cctype>

#include "agent/cli/admin/admin_call.h"
#include "agent/cli/print.h"

namespace wardcast::cli {
namespace {

// "planned-downtime" → PLANNED_DOWNTIME.
std::string ConstantOf(std::string word) {
  std::ranges::transform(word, word.begin(),
                         [](unsigned char c) { return c == '-' ? '_' : std::toupper(c); });
  return word;
}

std::string WordOf(std::string constant) {
  std::ranges::transform(constant, constant.begin(),
                         [](unsigned char c) { return c == '_' ? '-' : std::tolower(c); });
  return constant;
}

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
  std::vector<std::string> kinds;
  for (const int kind : scope.kinds())
    kinds.push_back(WordOf(v1::Kind::Value_Name(static_cast<v1::Kind::Value>(kind))));
  add("kinds", kinds);
  const auto limit = [&](const std::string& text) { words += (words.empty() ? "" : "; ") + text; };
  if (scope.max_severity() != v1::Severity::UNSPECIFIED)
    limit("at most " + WordOf(v1::Severity::Value_Name(scope.max_severity())));
  if (scope.max_presentation() != v1::Presentation::UNSPECIFIED)
    limit("at most " + WordOf(v1::Presentation::Value_Name(scope.max_presentation())));
  if (scope.max_endpoints() > 0) limit("at most " + std::to_string(scope.max_endpoints()) + " PCs");
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
  command.add_option("--kind", flags.kinds, "only notices of this kind; may be repeated")
      ->check(CLI::IsMember(
          {"planned-downtime", "outage", "degraded", "security", "emergency", "information"}));
  command.add_option("--max-severity", flags.max_severity, "no stronger notice")
      ->check(CLI::IsMember({"minor", "moderate", "severe", "extreme"}));
  command.add_option("--max-presentation", flags.max_presentation, "no stronger window")
      ->check(CLI::IsMember({"ticker", "toast", "dialog", "takeover"}));
  command.add_option("--max-pcs", flags.max_endpoints, "no notice to more PCs")
      ->check(CLI::Range(1, 1'000'000));
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
    for (const std::string& word : flags.kinds) {
      v1::Kind::Value kind{};
      if (v1::Kind::Value_Parse(ConstantOf(word), &kind)) scope.add_kinds(kind);
    }
    v1::Severity::Value severity{};
    if (v1::Severity::Value_Parse(ConstantOf(flags.max_severity), &severity))
      scope.set_max_severity(severity);
    v1::Presentation::Value presentation{};
    if (v1::Presentation::Value_Parse(ConstantOf(flags.max_presentation), &presentation))
      scope.set_max_presentation(presentation);
    scope.set_max_endpoints(flags.max_endpoints);
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
