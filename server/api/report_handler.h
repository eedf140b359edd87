// What endpoints report, checked row by row and handed to the journal.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "base/clock.h"
#include "server/api/figures/place_history.h"
#include "server/api/method_table.h"
#include "server/feed/hub.h"
#include "server/journal/journal.h"
#include "server/store/store.h"
#include "wardcast/v1/endpoint_service.pb.h"

namespace wardcast {

// Threads: any; blocks on the store for alerts that closed long ago and for wards that the endpoint
// is not in now.
class ReportHandler {
 public:
  // All must outlive the handler.
  ReportHandler(Store& store, Hub& hub, Journal& journal, PlaceHistory& places, const Clock& clock)
      : store_(store), hub_(hub), journal_(journal), places_(places), clock_(clock) {}

  // EndpointService.Report. `done` runs after the commit of everything in `recorded_ids`.
  void Report(const CallContext& context, const v1::ReportRequest& request,
              std::function<void(Result<v1::ReportResponse>)> done);

 private:
  // The alerts that a request is about: from memory or, when they closed long ago, from the store.
  struct Alerts {
    std::map<std::string, std::shared_ptr<const v1::Alert>> found;
    std::optional<Error> failed;  // the store did not answer: what is not found may exist
  };
  // Who reports, and what it reports about.
  struct Reporter {
    const std::string& endpoint_id;
    LogIdentity log;
    DirectoryPtr directory;
    const v1::Endpoint* endpoint = nullptr;  // nullptr: not in the directory
    Alerts alerts;
    std::map<std::string, int> answered;  // how many answers of this request, by what they answer
  };

  Alerts FindAlerts(const v1::ReportRequest& request);
  // Why `report` (a receipt or an acknowledgement) cannot be recorded; nullopt: it can.
  template <class Message>
  std::optional<v1::Refusal> Check(const Message& report, const Reporter& reporter) const;
  // The row of an acknowledgement, or why it cannot be recorded.
  std::expected<AnswerRow, v1::Refusal> ToRow(const v1::Acknowledgement& ack, Reporter& reporter,
                                              TimePoint now);
  // Whether the endpoint was in the ward while the alert was there. kNotFound: there is no such
  // ward, and the alert never concerned one.
  Result<bool> WasInWard(const Reporter& reporter, const v1::Alert& alert,
                         const std::string& ward_id);
  // kResourceExhausted: the endpoint has answered too often.
  Result<void> CheckCount(const v1::Acknowledgement& ack, const v1::WardAnswer& answer,
                          Reporter& reporter);

  Store& store_;
  Hub& hub_;
  Journal& journal_;
  PlaceHistory& places_;
  const Clock& clock_;
};

}  // namespace wardcast
