// Changing what there is: update, postpone, end, recall. The rules decide, the store commits.
#pragma once

#include <optional>
#include <string>

#include "server/api/alerts/alert_parts.h"
#include "server/api/method_table.h"
#include "wardcast/v1/alert_service.pb.h"

namespace wardcast {

// Threads: any; blocks on the store.
class ChangeHandler {
 public:
  explicit ChangeHandler(const AlertParts& parts) : parts_(parts) {}

  Result<v1::UpdateAlertResponse> UpdateAlert(const CallContext& context,
                                              const v1::UpdateAlertRequest& request);
  Result<v1::PostponeAlertResponse> PostponeAlert(const CallContext& context,
                                                  const v1::PostponeAlertRequest& request);
  Result<v1::EndAlertResponse> EndAlert(const CallContext& context,
                                        const v1::EndAlertRequest& request);
  Result<v1::RecallAlertResponse> RecallAlert(const CallContext& context,
                                              const v1::RecallAlertRequest& request);

 private:
  // The notice of somebody else that a machine's call is attached to: the machine does not end it.
  Result<std::optional<v1::Alert>> FindAttached(const CallContext& context,
                                                const std::string& source_key);

  const AlertParts parts_;
};

}  // namespace wardcast
