#include "agent/cli/directory/entries.h"
#include "wardcast/v1/catalogue_service.grpc.pb.h"
#include "wardcast/v1/directory_service.grpc.pb.h"

namespace wardcast::cli {
namespace {

// Calls one list method of a service.
template <class Service, class Request, class Response>
auto Fetch(grpc::Status (Service::Stub::*method)(grpc::ClientContext*, const Request&, Response*)) {
  return [method](Session& session, grpc::ClientContext* context,
                  std::unique_ptr<google::protobuf::Message>* answer) {
    auto response = std::make_unique<Response>();
    const auto stub = Service::NewStub(session.channel());
    const grpc::Status status = (stub.get()->*method)(context, Request(), response.get());
    *answer = std::move(response);
    return status;
  };
}

using Directory = v1::DirectoryService;
using Catalogue = v1::CatalogueService;

}  // namespace

EntryKind SiteKind() {
  return {.command = "site",
          .field = "sites",
          .prototype = &v1::Site::default_instance(),
          .flags = {{"--name", "name", "that staff use"},
                    {"--zone", "zone", "IANA zone, for example America/Denver"},
                    {"--phone", "phone", "of the command centre"},
                    {"--phone-fallback", "phone_fallback", "the other way when phones are down"},
                    {"--emergency-phone", "emergency_phone", "\"Patient emergency: call …\""},
                    {"--language", "language", "of the product's own words: en, de, es, fr"}},
          .catalogue = false,
          .fetch = Fetch<Directory>(&Directory::Stub::ListSites)};
}

EntryKind BuildingKind() {
  return {.command = "building",
          .field = "buildings",
          .prototype = &v1::Building::default_instance(),
          .flags = {{"--name", "name", "that staff use"}, {"--site", "site_id", "its site"}},
          .catalogue = false,
          .fetch = Fetch<Directory>(&Directory::Stub::ListBuildings)};
}

EntryKind WardKind() {
  return {.command = "ward",
          .field = "wards",
          .prototype = &v1::Ward::default_instance(),
          .flags = {{"--name", "name", "that staff use"},
                    {"--building", "building_id", "its building"},
                    {"--type", "type", "for example inpatient, icu, or, lab, clinic"},
                    {"--floor", "floor", "as on the lift's button"},
                    {"--walking-order", "walking_order", "in which a runner walks, smallest first"},
                    {"--phone", "phones", "first and second"},
                    {"--radio-channel", "radio_channel", "its radio channel"},
                    {"--downtime-pc", "downtime_pc", "name of its downtime PC"},
                    {"--binder", "binder", "where the downtime binder is"},
                    {"--shift-start", "shift_starts", "HH:MM (default 07:00 and 19:00)"},
                    {"--opening-hours", "opening_hours", "for example \"Mon-Fri 07:00-19:00\""},
                    {"--service", "services", "that it depends on"}},
          .catalogue = false,
          .fetch = Fetch<Directory>(&Directory::Stub::ListWards)};
}

EntryKind EndpointKind() {
  return {.command = "endpoint",
          .field = "endpoints",
          .prototype = &v1::Endpoint::default_instance(),
          .flags = {{"--name", "name", "that staff use"},
                    {"--ward", "ward_id", "its ward; '' is unplaced"},
                    {"--class", "class", "standard, clinical, downtime, board; '' by the ward"},
                    {"--tag", "tags", "for example roaming"}},
          .catalogue = false,
          .fetch = Fetch<Directory>(&Directory::Stub::ListEndpoints)};
}

EntryKind PersonKind() {
  return {.command = "person",
          .field = "people",
          .prototype = &v1::Person::default_instance(),
          .flags = {{"--name", "name", "their name"},
                    {"--role", "role", "for example \"ward manager\""},
                    {"--team", "team_id", "their team"},
                    {"--ward", "wards", "that they answer for"}},
          .catalogue = false,
          .fetch = Fetch<Directory>(&Directory::Stub::ListPeople)};
}

EntryKind TeamKind() {
  return {.command = "team",
          .field = "teams",
          .prototype = &v1::Team::default_instance(),
          .flags = {{"--name", "name", "its name"}, {"--phone", "phone", "its phone"}},
          .catalogue = true,
          .fetch = Fetch<Catalogue>(&Catalogue::Stub::ListTeams)};
}

EntryKind ServiceKind() {
  return {.command = "service",
          .field = "services",
          .prototype = &v1::Service::default_instance(),
          .flags = {{"--name", "name", "that staff use"},
                    {"--team", "team_id", "the team that owns it"},
                    {"--depends-on", "depends_on", "a service that it depends on"}},
          .catalogue = true,
          .fetch = Fetch<Catalogue>(&Catalogue::Stub::ListServices)};
}

EntryKind ProcedureKind() {
  return {.command = "procedure",
          .field = "procedures",
          .prototype = &v1::Procedure::default_instance(),
          .flags = {{"--service", "service_id", "the service it is for"},
                    {"--title", "title", "its title"},
                    {"--step", "steps", "one step, in order"},
                    {"--approved-by", "approved_by", "who approved it; '' is a sample"},
                    {"--approved-on", "approved_on", "date, 2026-03-01"},
                    {"--review-on", "review_on", "date (default: 12 months later)"}},
          .catalogue = true,
          .fetch = Fetch<Catalogue>(&Catalogue::Stub::ListProcedures)};
}

EntryKind TemplateKind() {
  return {.command = "template",
          .field = "templates",
          .prototype = &v1::Template::default_instance(),
          .flags = {{"--title", "title", "what the tile says"},
                    {"--hint", "hint", "one line: when to take it"},
                    {"--order", "order", "of the tiles, smallest first"},
                    {"--alert", "alert_json",
                     "the notice, JSON of an Alert with {service}, {start}, {end}, {next}"}},
          .catalogue = true,
          .fetch = Fetch<Catalogue>(&Catalogue::Stub::ListTemplates)};
}

EntryKind PlacementKind() {
  return {.command = "placement",
          .field = "placement_rules",
          .prototype = &v1::PlacementRule::default_instance(),
          .flags = {{"--ward", "ward_id", "the ward of what fits"},
                    {"--class", "class", "standard, clinical, downtime, board"},
                    {"--tag", "tags", "a tag of what fits"},
                    {"--order", "order", "of the rules, smallest first"},
                    {"--site", "site_id", "only with an enrolment token of this site"}},
          .catalogue = false,
          .fetch = nullptr};
}

}  // namespace wardcast::cli
