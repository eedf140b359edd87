// Reading and importing the hospital's map.
#pragma once

#include "base/clock.h"
#include "base/mutex.h"
#include "server/api/method_table.h"
#include "server/bus/bus.h"
#include "server/feed/hub.h"
#include "server/store/store.h"
#include "wardcast/v1/directory_service.pb.h"

namespace wardcast {

// Threads: any; lists are answered from memory, the import blocks on the store.
class DirectoryHandler {
 public:
  DirectoryHandler(Store& store, Bus& bus, const Hub& hub, const Clock& clock)
      : store_(store), bus_(bus), hub_(hub), clock_(clock) {}

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
  Result<v1::ExportDirectoryResponse> ExportDirectory(const CallContext& context,
                                                      const v1::ExportDirectoryRequest& request);

 private:
  Store& store_;
  Bus& bus_;
  const Hub& hub_;
  const Clock& clock_;
  Mutex importing_;  // one import of this broker at a time
  CondVar applied_;  // nobody notifies it: it only paces the wait for the feed
};

}  // namespace wardcast
