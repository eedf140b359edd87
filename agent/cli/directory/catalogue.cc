// `wardcast team`, `service`, `procedure`, `template`: what can be down, and what is prepared.
#include <memory>

#include "agent/cli/command.h"
#include "agent/cli/directory/answer_table.h"
#include "agent/cli/directory/entries.h"
#include "wardcast/v1/catalogue_service.grpc.pb.h"

namespace wardcast::cli {
namespace {

int Teams(Session& session) {
  auto stub = v1::CatalogueService::NewStub(session.channel());
  return PrintAnswer<v1::ListTeamsResponse>(
      session, {"ID", "TEAM", "PHONE"},
      [&](auto* context, auto* response) { return stub->ListTeams(context, {}, response); },
      [](const v1::ListTeamsResponse& response) {
        Rows rows;
        for (const v1::Team& team : response.teams())
          rows.push_back({team.id(), team.name(), team.phone()});
        return rows;
      });
}

int Services(Session& session) {
  auto stub = v1::CatalogueService::NewStub(session.channel());
  return PrintAnswer<v1::GetServiceStatusResponse>(
      session, {"ID", "SERVICE", "TEAM", "DEPENDS ON", "NOTICE", "NEXT PLANNED"},
      [&](auto* context, auto* response) { return stub->GetServiceStatus(context, {}, response); },
      [](const v1::GetServiceStatusResponse& response) {
        Rows rows;
        for (const v1::ServiceStatus& one : response.services()) {
          rows.push_back({one.service().id(), one.service().name(), one.service().team_id(),
                          ListText(one.service().depends_on()),
                          one.alert_id().empty() ? "" : KindWord(one.kind()) + " " + one.alert_id(),
                          one.planned().empty() ? "" : TimeText(one.planned(0).start())});
        }
        return rows;
      });
}

int Procedures(Session& session) {
  auto stub = v1::CatalogueService::NewStub(session.channel());
  return PrintAnswer<v1::ListProceduresResponse>(
      session, {"ID", "SERVICE", "PROCEDURE", "APPROVED BY", "ON", "REVIEW"},
      [&](auto* context, auto* response) { return stub->ListProcedures(context, {}, response); },
      [](const v1::ListProceduresResponse& response) {
        Rows rows;
        for (const v1::Procedure& one : response.procedures()) {
          rows.push_back({one.id(), one.service_id(), one.title(),
                          one.approved_by().empty() ? "(sample)" : one.approved_by(),
                          one.approved_on(), one.review_on()});
        }
        return rows;
      });
}

int Templates(Session& session) {
  auto stub = v1::CatalogueService::NewStub(session.channel());
  return PrintAnswer<v1::ListTemplatesResponse>(
      session, {"ID", "TEMPLATE", "WHEN TO TAKE IT"},
      [&](auto* context, auto* response) { return stub->ListTemplates(context, {}, response); },
      [](const v1::ListTemplatesResponse& response) {
        Rows rows;
        for (const v1::Template& one : response.templates())
          rows.push_back({one.id(), one.title(), one.hint()});
        return rows;
      });
}

// What hangs on services that are down: a proposal.
int Impact(Session& session, const std::vector<std::string>& services) {
  v1::ProposeImpactRequest request;
  for (const std::string& id : services) request.add_services(id);
  auto stub = v1::CatalogueService::NewStub(session.channel());
  v1::ProposeImpactResponse response;
  if (!session.Call(
          [&](auto* context) { return stub->ProposeImpact(context, request, &response); })) {
    return session.exit_code();
  }
  if (session.json()) {
    PrintJson(response);
    return kOk;
  }
  const auto names = [](const auto& list) {
    std::vector<std::string> all;
    for (const v1::Service& service : list) all.push_back(service.name());
    return all.empty() ? "none" : Printable(ListText(all));
  };
  const auto ids = [](const auto& list) {
    return list.empty() ? "none" : Printable(ListText(list));
  };
  std::printf("services that may fail with it: %s\nwards that depend on it: %s\n",
              names(response.affected()).c_str(), ids(response.wards()).c_str());
  std::printf("wards that depend only on those: %s\nwhat should still work: %s\n",
              ids(response.further_wards()).c_str(), names(response.still_works()).c_str());
  return kOk;
}

}  // namespace

void AddCatalogue(CLI::App& app, Run& chosen) {
  const auto add = [&](const EntryKind& kind, const char* what, int (*run)(Session&)) {
    CLI::App* command = app.add_subcommand(kind.command, what);
    AddEntryCommands(*command, kind, chosen);
    command->callback([run, command, &chosen] {
      if (command->get_subcommands().empty()) chosen = run;
    });
    return command;
  };
  add(TeamKind(), "List the teams of IT, and change them", Teams);
  CLI::App* service =
      add(ServiceKind(), "List the services and which have a notice, and change them", Services);
  auto ids = std::make_shared<std::vector<std::string>>();
  CLI::App* impact = service->add_subcommand(
      "impact", "Propose what else is affected when services are down, and what still works");
  impact->add_option("ids", *ids, "the services that are down")->required();
  impact->callback(
      [ids, &chosen] { chosen = [ids](Session& session) { return Impact(session, *ids); }; });
  add(ProcedureKind(), "List the downtime procedures, and change them", Procedures);
  add(TemplateKind(), "List the prepared notices, and change them", Templates);
}

}  // namespace wardcast::cli
