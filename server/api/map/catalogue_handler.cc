#include "server/api/map/catalogue_handler.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>

namespace wardcast {

Result<v1::ListTeamsResponse> CatalogueHandler::ListTeams(const CallContext&,
                                                          const v1::ListTeamsRequest&) {
  v1::ListTeamsResponse response;
  const DirectoryPtr directory = hub_.directory();
  for (const v1::Team& team : directory->content().teams) *response.add_teams() = team;
  return response;
}

Result<v1::ListServicesResponse> CatalogueHandler::ListServices(const CallContext&,
                                                                const v1::ListServicesRequest&) {
  v1::ListServicesResponse response;
  const DirectoryPtr directory = hub_.directory();
  for (const v1::Service& service : directory->content().services)
    *response.add_services() = service;
  return response;
}

Result<v1::ListTemplatesResponse> CatalogueHandler::ListTemplates(const CallContext&,
                                                                  const v1::ListTemplatesRequest&) {
  v1::ListTemplatesResponse response;
  const DirectoryPtr directory = hub_.directory();
  for (const v1::Template& one : directory->content().templates) *response.add_templates() = one;
  std::ranges::stable_sort(*response.mutable_templates(), {}, &v1::Template::order);
  return response;
}

Result<v1::ListProceduresResponse> CatalogueHandler::ListProcedures(
    const CallContext&, const v1::ListProceduresRequest&) {
  v1::ListProceduresResponse response;
  const DirectoryPtr directory = hub_.directory();
  for (const v1::Procedure& procedure : directory->content().procedures)
    *response.add_procedures() = procedure;
  std::ranges::stable_sort(*response.mutable_procedures(), {}, &v1::Procedure::service_id);
  return response;
}

Result<v1::GetServiceStatusResponse> CatalogueHandler::GetServiceStatus(
    const CallContext&, const v1::GetServiceStatusRequest&) {
  std::unordered_map<std::string, AlertFramePtr> worst;
  for (const AlertFramePtr& frame : hub_.OpenAlerts()) {
    if (frame->alert.status() == v1::Status::EXERCISE) continue;
    for (const std::string& service : frame->alert.services()) {
      AlertFramePtr& slot = worst[service];
      if (!slot || slot->alert.severity() < frame->alert.severity()) slot = frame;
    }
  }
  v1::GetServiceStatusResponse response;
  const DirectoryPtr directory = hub_.directory();
  for (const v1::Service& service : directory->content().services) {
    v1::ServiceStatus& status = *response.add_services();
    *status.mutable_service() = service;
    const auto found = worst.find(service.id());
    if (found == worst.end()) continue;
    status.set_alert_id(found->second->alert.id());
    status.set_kind(found->second->alert.kind());
    status.set_severity(found->second->alert.severity());
  }
  std::ranges::sort(*response.mutable_services(), {}, [](const v1::ServiceStatus& status) {
    return std::tuple<std::string_view, std::string_view>(status.service().team_id(),
                                                          status.service().name());
  });
  return response;
}

}  // namespace wardcast
