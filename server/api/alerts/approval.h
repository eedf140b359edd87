// The second pair of eyes: approving, returning, and breaking the glass where nobody is there.
#pragma once

#include "server/api/alerts/alert_parts.h"
#include "server/api/method_table.h"
#include "wardcast/v1/alert_service.pb.h"

namespace wardcast {

// Threads: any; blocks on the store.
class ApprovalHandler {
 public:
  explicit ApprovalHandler(const AlertParts& parts) : parts_(parts) {}

  Result<v1::ApproveAlertResponse> ApproveAlert(const CallContext& context,
                                                const v1::ApproveAlertRequest& request);
  Result<v1::RejectAlertResponse> RejectAlert(const CallContext& context,
                                              const v1::RejectAlertRequest& request);

 private:
  const AlertParts parts_;
};

}  // namespace wardcast
