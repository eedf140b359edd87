// What endpoints report, checked row by row and handed to the journal.
#pragma once

#include <functional>

#include "base/clock.h"
#include "server/api/method_table.h"
#include "server/feed/hub.h"
#include "server/journal/journal.h"
#include "server/store/store.h"
#include "wardcast/v1/endpoint_service.pb.h"

namespace wardcast {

// Threads: any.
class ReportHandler {
 public:
  // All must outlive the handler.
  ReportHandler(Store& store, Hub& hub, Journal& journal, const Clock& clock)
      : store_(store), hub_(hub), journal_(journal), clock_(clock) {}

  // EndpointService.Report. `done` runs after the commit of everything in `recorded_ids`.
  void Report(const CallContext& context, const v1::ReportRequest& request,
              std::function<void(Result<v1::ReportResponse>)> done);

 private:
  // The alert a report is about, from memory or, when it closed long ago, from the store.
  // kNotFound: never was.
  Result<v1::Alert> FindAlert(const std::string& alert_id);
  // Why this cannot be recorded, for good or for now; nullopt: it can.
  std::optional<v1::Refusal> Check(const std::string& id, const std::string& alert_id,
                                   const std::string& log_id, int round,
                                   const Result<v1::Alert>& alert) const;

  Store& store_;
  Hub& hub_;
  Journal& journal_;
  const Clock& clock_;
};

}  // namespace wardcast
