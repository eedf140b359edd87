#include "server/api/map/directory_handler.h"

#include <chrono>
#include <vector>

#include "base/log.h"
#include "server/alert/zoned_time.h"
#include "server/directory/change/import.h"
#include "server/directory/files/export.h"

namespace wardcast {
namespace {

// How long an import waits for this broker's own feed before it answers all the same.
constexpr std::chrono::milliseconds kAppliedLookEvery{10};
constexpr int kMostLooks = 300;
// An import that others were faster than is made again from what there is then.
constexpr int kMostAttempts = 3;

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
  const MutexLock lock(importing_);
  std::vector<ImportFileView> files;
  for (const v1::ImportFile& file : request.files()) files.push_back({file.name(), file.content()});
  v1::ImportDirectoryResponse response;
  Result<ChangePlan> plan;
  Result<Sequence> sequence;
  for (int attempt = 1;; ++attempt) {
    const auto current = store_.LoadDirectory();
    if (!current) return std::unexpected(current.error());
    plan = PlanImport(current->first, files, ZoneExists);
    if (!plan) return std::unexpected(plan.error());
    response.clear_counts();
    for (const v1::ImportCount& count : plan->counts) *response.add_counts() = count;
    if (request.dry_run()) return response;
    sequence = store_.ReplaceDirectory(plan->content, current->second, clock_.Now());
    if (sequence) break;
    // Rules place endpoints at any time (presence/placer.h).
    if (sequence.error().code != Code::kAborted || attempt == kMostAttempts)
      return std::unexpected(sequence.error());
  }
  bus_.Publish(Topic::kLog, *sequence);
  // Whoever imports and then publishes must find the wards that the import brought.
  for (int i = 0; i < kMostLooks && hub_.applied() < *sequence; ++i)
    applied_.WaitFor(importing_, kAppliedLookEvery);
  SPDLOG_INFO("directory imported by {} as entry {}: {} wards, {} endpoints",
              LogSafe(context.identity->LogName()), *sequence, plan->content.wards.size(),
              plan->content.endpoints.size());
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
