// Reading and changing the hospital's map.
#pragma once

#include "server/api/map/directory_writer.h"
#include "server/api/method_table.h"
#include "server/feed/hub.h"
#include "wardcast/v1/directory_service.pb.h"

namespace wardcast {

// Threads: any; lists are answered from memory, changes block on the store.
class DirectoryHandler {
 public:
  // Both must outlive the handler.
  DirectoryHandler(const Hub& hub, DirectoryWriter& writer) : hub_(hub), writer_(writer) {}

  Result<v1::ListSitesResponse> ListSites(const CallContext& context,
                                          const v1::ListSitesRequest& request);
  Result<v1::ListBuildingsResponse> ListBuildings(const CallContext& context,
                                                  const v1::ListBuildingsRequest& request);
  Result<v1::ListWardsResponse> ListWards(const CallContext& context,
                                          const v1::ListWardsRequest& request);
  Result<v1::ListPeopleResponse> ListPeople(const CallContext& context,
                                            const v1::ListPeopleRequest& request);
  Result<v1::ImportDirectoryResponse> ImportDirectory(const CallContext& context,
                                                      const v1::ImportDirectoryRequest& request);
  Result<v1::UpsertDirectoryResponse> UpsertDirectory(const CallContext& context,
                                                      const v1::UpsertDirectoryRequest& request);
  Result<v1::RemoveFromDirectoryResponse> RemoveFromDirectory(
      const CallContext& context, const v1::RemoveFromDirectoryRequest& request);
  Result<v1::ExportDirectoryResponse> ExportDirectory(const CallContext& context,
                                                      const v1::ExportDirectoryRequest& request);

 private:
  const Hub& hub_;
  DirectoryWriter& writer_;
};

}  // namespace wardcast
