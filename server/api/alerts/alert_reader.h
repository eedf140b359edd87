// Reading alerts: one, many, progress, timeline. What is held (a draft, or waiting for approval) is
// there only for those who publish or approve; to others it does not exist, and what an alert said
// while it was held is not in its timeline.
#pragma once

#include "server/api/figures/progress_reader.h"
#include "server/api/method_table.h"
#include "server/store/store.h"
#include "wardcast/v1/alert_service.pb.h"

namespace wardcast {

// Threads: any; blocks on the store.
class AlertReader {
 public:
  AlertReader(Store& store, ProgressReader& progress) : store_(store), progress_(progress) {}

  Result<v1::GetAlertResponse> GetAlert(const CallContext& context,
                                        const v1::GetAlertRequest& request);
  Result<v1::ListAlertsResponse> ListAlerts(const CallContext& context,
                                            const v1::ListAlertsRequest& request);
  Result<v1::GetProgressResponse> GetProgress(const CallContext& context,
                                              const v1::GetProgressRequest& request);
  Result<v1::GetTimelineResponse> GetTimeline(const CallContext& context,
                                              const v1::GetTimelineRequest& request);

 private:
  // kNotFound: there is no such alert for this caller.
  Result<void> CheckMaySee(const Identity& caller, const v1::Alert& alert);
  // The alert as it now is; kNotFound as above.
  Result<v1::Alert> Load(const Identity& caller, const std::string& alert_id);

  Store& store_;
  ProgressReader& progress_;
};

}  // namespace wardcast
