// Reading the catalogue: teams, services, templates, procedures, and what is down now.
#pragma once

#include "server/api/method_table.h"
#include "server/feed/hub.h"
#include "wardcast/v1/catalogue_service.pb.h"

namespace wardcast {

// Threads: any; answers from memory.
class CatalogueHandler {
 public:
  explicit CatalogueHandler(const Hub& hub) : hub_(hub) {}

  Result<v1::ListTeamsResponse> ListTeams(const CallContext& context,
                                          const v1::ListTeamsRequest& request);
  Result<v1::ListServicesResponse> ListServices(const CallContext& context,
                                                const v1::ListServicesRequest& request);
  Result<v1::ListTemplatesResponse> ListTemplates(const CallContext& context,
                                                  const v1::ListTemplatesRequest& request);
  Result<v1::ListProceduresResponse> ListProcedures(const CallContext& context,
                                                    const v1::ListProceduresRequest& request);
  Result<v1::GetServiceStatusResponse> GetServiceStatus(const CallContext& context,
                                                        const v1::GetServiceStatusRequest& request);

 private:
  const Hub& hub_;
};

}  // namespace wardcast
