// `wardcast site`, `building`, `ward`, `endpoint`, `person`: where and who there is.
#include <memory>
#include <utility>

#include "agent/cli/command.h"
#include "agent/cli/directory/answer_table.h"
#include "agent/cli/directory/entries.h"
#include "wardcast/v1/directory_service.grpc.pb.h"

namespace wardcast::cli {
namespace {

struct PlaceFlags {
  std::string ward;
  std::string state;
};

int Sites(Session& session, const PlaceFlags&) {
  auto stub = v1::DirectoryService::NewStub(session.channel());
  return PrintAnswer<v1::ListSitesResponse>(
      session, {"ID", "SITE", "ZONE", "COMMAND CENTRE", "OR", "LANGUAGE"},
      [&](auto* context, auto* response) { return stub->ListSites(context, {}, response); },
      [](const v1::ListSitesResponse& response) {
        Rows rows;
        for (const v1::Site& site : response.sites()) {
          rows.push_back({site.id(), site.name(), site.zone(), site.phone(), site.phone_fallback(),
                          site.language().empty() ? "en" : site.language()});
        }
        return rows;
      });
}

int Buildings(Session& session, const PlaceFlags&) {
  auto stub = v1::DirectoryService::NewStub(session.channel());
  return PrintAnswer<v1::ListBuildingsResponse>(
      session, {"ID", "BUILDING", "SITE"},
      [&](auto* context, auto* response) { return stub->ListBuildings(context, {}, response); },
      [](const v1::ListBuildingsResponse& response) {
        Rows rows;
        for (const v1::Building& building : response.buildings())
          rows.push_back({building.id(), building.name(), building.site_id()});
        return rows;
      });
}

int Wards(Session& session, const PlaceFlags&) {
  auto stub = v1::DirectoryService::NewStub(session.channel());
  return PrintAnswer<v1::ListWardsResponse>(
      session, {"ID", "WARD", "BUILDING", "TYPE", "OPEN", "PHONES", "SERVICES"},
      [&](auto* context, auto* response) { return stub->ListWards(context, {}, response); },
      [](const v1::ListWardsResponse& response) {
        Rows rows;
        for (const v1::Ward& ward : response.wards()) {
          rows.push_back({ward.id(), ward.name(), ward.building_id(), ward.type(),
                          ward.opening_hours().empty() ? "always" : ward.opening_hours(),
                          ListText(ward.phones()), ListText(ward.services())});
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
  return PrintAnswer<v1::ListEndpointsResponse>(
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
                          state, one.has_last_seen() ? TimeText(one.last_seen()) : "",
                          one.agent_version(), one.os()});
        }
        return rows;
      });
}

int People(Session& session, const PlaceFlags&) {
  auto stub = v1::DirectoryService::NewStub(session.channel());
  return PrintAnswer<v1::ListPeopleResponse>(
      session, {"ID", "NAME", "ROLE", "TEAM", "WARDS"},
      [&](auto* context, auto* response) { return stub->ListPeople(context, {}, response); },
      [](const v1::ListPeopleResponse& response) {
        Rows rows;
        for (const v1::Person& person : response.people()) {
          rows.push_back({person.id(), person.name(), person.role(), person.team_id(),
                          ListText(person.wards())});
        }
        return rows;
      });
}

}  // namespace

void AddPlaces(CLI::App& app, Run& chosen) {
  const auto add = [&](const EntryKind& kind, const char* what,
                       int (*run)(Session&, const PlaceFlags&)) {
    auto flags = std::make_shared<PlaceFlags>();
    CLI::App* command = app.add_subcommand(kind.command, what);
    AddEntryCommands(*command, kind, chosen);
    command->callback([flags, run, command, &chosen] {
      if (!command->get_subcommands().empty()) return;
      chosen = [=](Session& session) { return run(session, *flags); };
    });
    return std::pair(command, flags);
  };
  add(SiteKind(), "List the sites, and change them", Sites);
  add(BuildingKind(), "List the buildings, and change them", Buildings);
  add(WardKind(), "List the wards in the order in which a runner walks them, and change them",
      Wards);
  const auto [endpoint, flags] =
      add(EndpointKind(), "List the PCs and boards and which are connected, and change them",
          Endpoints);
  endpoint->add_option("--ward", flags->ward, "only of this ward")->type_name("ID");
  endpoint->add_option("--state", flags->state, "only those that are so")
      ->check(CLI::IsMember({"connected", "connected twice", "off", "gone", "never seen"}));
  add(PersonKind(), "List the people, and change them", People);
  const EntryKind rules = PlacementKind();
  CLI::App* placement =
      app.add_subcommand(rules.command, "Change the rules that place PCs which nobody has listed");
  placement->require_subcommand(1);
  AddEntryCommands(*placement, rules, chosen);
}

}  // namespace wardcast::cli
