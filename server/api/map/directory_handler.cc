#include "server/api/map/directory_handler.h"

#include <utility>
#include <vector>

#include "server/alert/zoned_time.h"
#include "server/directory/change/entries.h"
#include "server/directory/change/import.h"
#include "server/directory/files/export.h"

namespace wardcast {
namespace {

// An import that others were faster than is made again from what there is then.
constexpr int kMostImportAttempts = 3;

}  // namespace

Result<v1::ListSitesResponse> DirectoryHandler::ListSites(const CallContext&,
                                                          const v1::ListSitesRequest&) {
  v1::ListSitesResponse response;
  const DirectoryPtr directory = hub_.directory();
  for (const v1::Site& site : directory->content().sites) *response.add_sites() = site;
  return response;
}

Result<v1::ListBuildingsResponse> DirectoryHandler::ListBuildings(const CallContext&,
                                                                  const v1::ListBuildingsRequest&) {
  v1::ListBuildingsResponse response;
  const DirectoryPtr directory = hub_.directory();
  for (const v1::Building& building : directory->content().buildings)
    *response.add_buildings() = building;
  return response;
}

Result<v1::ListWardsResponse> DirectoryHandler::ListWards(const CallContext&,
                                                          const v1::ListWardsRequest&) {
  v1::ListWardsResponse response;
  const DirectoryPtr directory = hub_.directory();
  for (const v1::Ward* ward : directory->WardsInOrder()) *response.add_wards() = *ward;
  return response;
}

Result<v1::ListPeopleResponse> DirectoryHandler::ListPeople(const CallContext&,
                                                            const v1::ListPeopleRequest&) {
  v1::ListPeopleResponse response;
  const DirectoryPtr directory = hub_.directory();
  for (const v1::Person& person : directory->content().people) *response.add_people() = person;
  return response;
}

Result<v1::ImportDirectoryResponse> DirectoryHandler::ImportDirectory(
    const CallContext& context, const v1::ImportDirectoryRequest& request) {
  std::vector<ImportFileView> files;
  for (const v1::ImportFile& file : request.files()) files.push_back({file.name(), file.content()});
  auto counts = writer_.Apply({.plan =
                                   [&files](const auto& current, const auto& shipped) {
                                     return PlanImport(current, files, ZoneExists, shipped);
                                   },
                               .dry_run = request.dry_run(),
                               .attempts = kMostImportAttempts,
                               .who = context.identity->LogName(),
                               .what = "imported"});
  if (!counts) return std::unexpected(counts.error());
  v1::ImportDirectoryResponse response;
  for (v1::ImportCount& count : *counts) *response.add_counts() = std::move(count);
  return response;
}

Result<v1::UpsertDirectoryResponse> DirectoryHandler::UpsertDirectory(
    const CallContext& context, const v1::UpsertDirectoryRequest& request) {
  auto counts = writer_.Apply(
      {.plan = [&request](const auto& current,
                          const auto&) { return PlanUpsert(current, request, ZoneExists); },
       .dry_run = request.dry_run(),
       .who = context.identity->LogName(),
       .what = "edited"});
  if (!counts) return std::unexpected(counts.error());
  v1::UpsertDirectoryResponse response;
  for (v1::ImportCount& count : *counts) *response.add_counts() = std::move(count);
  return response;
}

Result<v1::RemoveFromDirectoryResponse> DirectoryHandler::RemoveFromDirectory(
    const CallContext& context, const v1::RemoveFromDirectoryRequest& request) {
  auto counts =
      writer_.Apply({.plan = [&request](const auto& current,
                                        const auto&) { return PlanRemoval(current, request); },
                     .dry_run = request.dry_run(),
                     .who = context.identity->LogName(),
                     .what = "edited"});
  if (!counts) return std::unexpected(counts.error());
  v1::RemoveFromDirectoryResponse response;
  for (v1::ImportCount& count : *counts) *response.add_counts() = std::move(count);
  return response;
}

Result<v1::ExportDirectoryResponse> DirectoryHandler::ExportDirectory(
    const CallContext&, const v1::ExportDirectoryRequest&) {
  v1::ExportDirectoryResponse response;
  const DirectoryPtr directory = hub_.directory();
  for (ExportedFile& file : ExportFiles(directory->content())) {
    v1::ImportFile& one = *response.add_files();
    one.set_name(std::move(file.name));
    one.set_content(std::move(file.content));
  }
  response.set_version(directory->version());
  return response;
}

}  // namespace wardcast
