// Before anything is sent: whom it would reach, and what its publisher should know.
#pragma once

#include "server/api/alerts/alert_parts.h"
#include "server/api/method_table.h"
#include "wardcast/v1/alert_service.pb.h"

namespace wardcast {

// Threads: any; blocks on the store for figures that are older than a few seconds.
class PreviewHandler {
 public:
  explicit PreviewHandler(const AlertParts& parts) : parts_(parts) {}

  Result<v1::PreviewAudienceResponse> PreviewAudience(const CallContext& context,
                                                      const v1::PreviewAudienceRequest& request);

 private:
  // The notice that this one would be a duplicate of; nullptr: none.
  AlertFramePtr FindOpen(const v1::Alert& notice) const;

  const AlertParts parts_;
};

}  // namespace wardcast
