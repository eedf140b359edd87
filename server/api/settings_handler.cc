#include "server/api/settings_handler.h"

#include <algorithm>

#include "server/alert/zoned_time.h"

namespace wardcast {
namespace {

constexpr std::chrono::days kZoneHorizon{400};

Result<void> CheckEndpointId(const std::string& id) {
  if (id.empty() || id.size() > 80) return Invalid({{"endpoint_id", "must be 1 to 80 characters"}});
  return {};
}

}  // namespace

Result<v1::GetSettingsResponse> SettingsHandler::GetSettings(
    const CallContext&, const v1::GetSettingsRequest& request) {
  if (auto checked = CheckEndpointId(request.endpoint_id()); !checked)
    return std::unexpected(checked.error());
  const DirectoryPtr directory = hub_.directory();
  v1::GetSettingsResponse response;
  response.set_version(directory->version());
  v1::Endpoint& endpoint = *response.mutable_endpoint();
  if (const v1::Endpoint* known = directory->FindEndpoint(request.endpoint_id())) {
    endpoint = *known;
  } else {
    endpoint.set_id(request.endpoint_id());
    endpoint.set_name(request.endpoint_id());
  }
  endpoint.set_class_(directory->ClassOf(endpoint));
  const v1::Site* site = nullptr;
  if (const v1::Ward* ward = directory->FindWard(endpoint.ward_id())) {
    *response.mutable_ward() = *ward;
    site = directory->SiteOfWard(ward->id());
    for (const auto choice : {v1::Response::PROCEDURE_STARTED, v1::Response::NOT_AFFECTED})
      response.add_responses(choice);
  }
  if (!site && !directory->content().sites.empty()) site = &directory->content().sites.front();
  if (site) {
    *response.mutable_site() = *site;
    for (v1::ZoneOffset& offset :
         ZoneOffsets(site->zone(), clock_.Now(), clock_.Now() + kZoneHorizon)) {
      *response.add_zone_offsets() = std::move(offset);
    }
  }
  return response;
}

Result<v1::GetProceduresResponse> SettingsHandler::GetProcedures(
    const CallContext&, const v1::GetProceduresRequest& request) {
  if (auto checked = CheckEndpointId(request.endpoint_id()); !checked)
    return std::unexpected(checked.error());
  const DirectoryPtr directory = hub_.directory();
  v1::GetProceduresResponse response;
  response.set_version(directory->version());
  const v1::Endpoint* endpoint = directory->FindEndpoint(request.endpoint_id());
  const v1::Ward* ward = endpoint ? directory->FindWard(endpoint->ward_id()) : nullptr;
  if (!ward) return response;
  for (const v1::Procedure& procedure : directory->content().procedures) {
    // A sample that nobody approved is not an instruction; it stays off ward PCs.
    if (procedure.approved_by().empty()) continue;
    if (std::ranges::find(ward->services(), procedure.service_id()) == ward->services().end())
      continue;
    v1::Procedure& held = *response.add_procedures();
    held = procedure;
    const v1::Service* service = directory->FindService(procedure.service_id());
    const v1::Team* team = service ? directory->FindTeam(service->team_id()) : nullptr;
    if (team) held.set_owner(team->name());
  }
  return response;
}

}  // namespace wardcast
