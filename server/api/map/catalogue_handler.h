// The catalogue: teams, services, templates, procedures, what is down now, what hangs on what.
#pragma once

#include "base/clock.h"
#include "server/api/map/directory_writer.h"
#include "server/api/method_table.h"
#include "server/feed/hub.h"
#include "wardcast/v1/catalogue_service.pb.h"

namespace wardcast {

// Threads: any; answers from memory, but changes block on the store.
class CatalogueHandler {
 public:
  // All must outlive the handler.
  CatalogueHandler(const Hub& hub, DirectoryWriter& writer, const Clock& clock)
      : hub_(hub), writer_(writer), clock_(clock) {}

  Result<v1::ListTeamsResponse> ListTeams(const CallContext& context,
                                          const v1::ListTeamsRequest& request);
  Result<v1::ListServicesResponse> ListServices(const CallContext& context,
                                                const v1::ListServicesRequest& request);
  Result<v1::ListTemplatesResponse> ListTemplates(const CallContext& context,
                                                  const v1::ListTemplatesRequest& request);
  Result<v1::ListProceduresResponse> ListProcedures(const CallContext& context,
                                                    const v1::ListProceduresRequest& request);
  Result<v1::ProposeImpactResponse> ProposeImpact(const CallContext& context,
                                                  const v1::ProposeImpactRequest& request);
  Result<v1::UpsertCatalogueResponse> UpsertCatalogue(const CallContext& context,
                                                      const v1::UpsertCatalogueRequest& request);
  Result<v1::RemoveFromCatalogueResponse> RemoveFromCatalogue(
      const CallContext& context, const v1::RemoveFromCatalogueRequest& request);
  Result<v1::GetServiceStatusResponse> GetServiceStatus(const CallContext& context,
                                                        const v1::GetServiceStatusRequest& request);

 private:
  const Hub& hub_;
  DirectoryWriter& writer_;
  const Clock& clock_;
};

}  // namespace wardcast
