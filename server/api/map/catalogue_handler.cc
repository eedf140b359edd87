#include "server/api/map/catalogue_handler.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "server/api/map/service_status.h"
#include "server/directory/change/entries.h"
#include "server/directory/impact.h"

namespace wardcast {
namespace {

// More than any notice names.
constexpr int kMostServices = 200;

}  // namespace

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

Result<v1::ProposeImpactResponse> CatalogueHandler::ProposeImpact(
    const CallContext&, const v1::ProposeImpactRequest& request) {
  const DirectoryPtr directory = hub_.directory();
  if (request.services_size() < 1 || request.services_size() > kMostServices) {
    return Invalid({{"services", "give 1 to " + std::to_string(kMostServices) + " ids"}});
  }
  std::vector<FieldViolation> unknown;
  for (int i = 0; i < request.services_size(); ++i) {
    if (!directory->FindService(request.services(i)))
      unknown.push_back({"services[" + std::to_string(i) + "]", "there is no such service"});
  }
  if (!unknown.empty()) return Invalid(std::move(unknown));

  const Impact impact =
      wardcast::ProposeImpact(*directory, {request.services().begin(), request.services().end()});
  v1::ProposeImpactResponse response;
  for (const v1::Service* service : impact.affected) *response.add_affected() = *service;
  for (const v1::Ward* ward : impact.wards) response.add_wards(ward->id());
  for (const v1::Ward* ward : impact.further_wards) response.add_further_wards(ward->id());
  for (const v1::Service* service : impact.still_works) *response.add_still_works() = *service;
  return response;
}

Result<v1::UpsertCatalogueResponse> CatalogueHandler::UpsertCatalogue(
    const CallContext& context, const v1::UpsertCatalogueRequest& request) {
  auto counts =
      writer_.Apply({.plan = [&request](const auto& current,
                                        const auto&) { return PlanUpsert(current, request); },
                     .dry_run = request.dry_run(),
                     .who = context.identity->LogName(),
                     .what = "edited"});
  if (!counts) return std::unexpected(counts.error());
  v1::UpsertCatalogueResponse response;
  for (v1::ImportCount& count : *counts) *response.add_counts() = std::move(count);
  return response;
}

Result<v1::RemoveFromCatalogueResponse> CatalogueHandler::RemoveFromCatalogue(
    const CallContext& context, const v1::RemoveFromCatalogueRequest& request) {
  auto counts = writer_.Apply(
      {.plan = [&request](const auto& current,
                          const auto& shipped) { return PlanRemoval(current, request, shipped); },
       .dry_run = request.dry_run(),
       .who = context.identity->LogName(),
       .what = "edited"});
  if (!counts) return std::unexpected(counts.error());
  v1::RemoveFromCatalogueResponse response;
  for (v1::ImportCount& count : *counts) *response.add_counts() = std::move(count);
  return response;
}

Result<v1::GetServiceStatusResponse> CatalogueHandler::GetServiceStatus(
    const CallContext&, const v1::GetServiceStatusRequest&) {
  return ServiceStatuses(*hub_.directory(), hub_.OpenAndScheduledAlerts(), clock_.Now());
}

}  // namespace wardcast
