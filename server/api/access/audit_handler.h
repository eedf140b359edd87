// Reading the audit trail.
#pragma once

#include "server/api/method_table.h"
#include "server/store/people/people_store.h"
#include "wardcast/v1/audit_service.pb.h"

namespace wardcast {

// Threads: any; blocks on the store.
class AuditHandler {
 public:
  explicit AuditHandler(PeopleStore& people) : people_(people) {}

  Result<v1::ListEventsResponse> ListEvents(const CallContext& context,
                                            const v1::ListEventsRequest& request);

 private:
  PeopleStore& people_;
};

}  // namespace wardcast
