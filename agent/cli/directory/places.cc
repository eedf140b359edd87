// `wardcast ward`, `endpoint`, `service`, `template`: what there is to choose from.
#include <algorithm>
#include <map>

#include "agent/cli/command.h"
#include "agent/cli/print.h"
#include "wardcast/v1/catalogue_service.grpc.pb.h"
#include "wardcast/v1/directory_service.grpc.pb.h"

namespace wardcast::cli {
namespace {

using Rows = std::vector<std::vector<std::string>>;

struct PlaceFlags {
  std::string ward;
  std::string state;
};

template <class Field>
std::string Joined(const Field& items) {
  std::string text;
  for (const std::string& item : items) text += (text.empty() ? "" : ", ") + item;
  return text;
}

// Asks, then prints the answer as JSON or, by `rows`, as a table.
template <class Response, class Ask, class RowsOf>
int Print(Session& session, const std::vector<std::string>& header, Ask ask, RowsOf rows_of) {
  Response response;
  if (!session.Call([&](auto* context) { return ask(context, &response); }))
    return session.exit_code();
  if (session.json()) {
    PrintJson(response);
    return kOk;
  }
  const Rows rows = rows_of(response);
  if (rows.empty()) {
    std::printf("None.\n");
    return kOk;
  }
  PrintTable(header, rows);
  return kOk;
}

int Wards(Session& session, const PlaceFlags&) {
  auto stub = v1::DirectoryService::NewStub(session.channel());
  return Print<v1::ListWardsResponse>(
      session, {"ID", "WARD", "BUILDING", "TYPE", "OPEN", "PHONES", "SERVICES"},
      [&](auto* context, auto* response) { return stub->ListWards(context, {}, response); },
      [](const v1::ListWardsResponse& response) {
        Rows rows;
        for (const v1::Ward& ward : response.wards()) {
          rows.push_back({ward.id(), ward.name(), ward.building_id(), ward.type(),
                          ward.opening_hours().empty() ? "always" : ward.opening_hours(),
                          Joined(ward.phones()), Joined(ward.services())});
        }
        return rows;
      });
}

std::string StateOf(const v1::EndpointPresence& one) {
  if (one.connected()) return one.duplicate() ? "connected twice" : "connected";
  if (!one.has_last_seen()) return "never seen";
  return one.said_goodbye() ? "off" : "gone";
}

int Endpoints(Session& session, const PlaceFlags& flags) {
  v1::ListEndpointsRequest request;
  request.set_ward_id(flags.ward);
  auto stub = v1::DirectoryService::NewStub(session.channel());
  return Print<v1::ListEndpointsResponse>(
      session, {"ID", "WARD", "CLASS", "STATE", "LAST SEEN", "AGENT", "SYSTEM"},
      [&](auto* context, auto* response) {
        return stub->ListEndpoints(context, request, response);
      },
      [&](const v1::ListEndpointsResponse& response) {
        Rows rows;
        for (const v1::EndpointPresence& one : response.endpoints()) {
          const v1::Endpoint& endpoint = one.endpoint();
          const std::string state = StateOf(one);
          if (!flags.state.empty() && !state.starts_with(flags.state)) continue;
          rows.push_back({endpoint.id(),
                          endpoint.ward_id().empty() ? "(unplaced)" : endpoint.ward_id(),
                          endpoint.class_() == v1::EndpointClass::UNSPECIFIED
                              ? "by ward"
                              : v1::EndpointClass::Value_Name(endpoint.class_()),
                          state, TimeText(one.last_seen()), one.agent_version(), one.os()});
        }
        return rows;
      });
}

int Services(Session& session, const PlaceFlags&) {
  auto stub = v1::CatalogueService::NewStub(session.channel());
  return Print<v1::GetServiceStatusResponse>(
      session, {"ID", "SERVICE", "TEAM", "DEPENDS ON", "NOTICE"},
      [&](auto* context, auto* response) { return stub->GetServiceStatus(context, {}, response); },
      [](const v1::GetServiceStatusResponse& response) {
        Rows rows;
        for (const v1::ServiceStatus& one : response.services()) {
          rows.push_back(
              {one.service().id(), one.service().name(), one.service().team_id(),
               Joined(one.service().depends_on()),
               one.alert_id().empty() ? "" : KindWord(one.kind()) + " " + one.alert_id()});
        }
        return rows;
      });
}

int Templates(Session& session, const PlaceFlags&) {
  auto stub = v1::CatalogueService::NewStub(session.channel());
  return Print<v1::ListTemplatesResponse>(
      session, {"ID", "TEMPLATE", "WHEN TO TAKE IT"},
      [&](auto* context, auto* response) { return stub->ListTemplates(context, {}, response); },
      [](const v1::ListTemplatesResponse& response) {
        Rows rows;
        for (const v1::Template& one : response.templates())
          rows.push_back({one.id(), one.title(), one.hint()});
        return rows;
      });
}

}  // namespace

void AddPlaces(CLI::App& app, Run& chosen) {
  const auto add = [&](const char* name, const char* what,
                       int (*run)(Session&, const PlaceFlags&)) {
    auto flags = std::make_shared<PlaceFlags>();
    CLI::App* command = app.add_subcommand(name, what);
    command->callback(
        [flags, run, &chosen] { chosen = [=](Session& session) { return run(session, *flags); }; });
    return std::pair(command, flags);
  };
  add("ward", "List the wards in the order in which a runner walks them", Wards);
  const auto [endpoint, flags] =
      add("endpoint", "List the PCs and boards, and which are connected", Endpoints);
  endpoint->add_option("--ward", flags->ward, "only of this ward")->type_name("ID");
  endpoint->add_option("--state", flags->state, "only those that are so")
      ->check(CLI::IsMember({"connected", "connected twice", "off", "gone", "never seen"}));
  add("service", "List the services, and which have an open notice", Services);
  add("template", "List the prepared notices", Templates);
}

}  // namespace wardcast::cli
