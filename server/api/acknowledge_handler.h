// Acknowledging for a ward from outside an endpoint: the house supervisor who spoke to the ward.
#pragma once

#include <functional>
#include <set>
#include <string>

#include "base/clock.h"
#include "base/mutex.h"
#include "server/access/audit/audit_log.h"
#include "server/api/method_table.h"
#include "server/feed/hub.h"
#include "server/journal/journal.h"
#include "server/store/store.h"
#include "wardcast/v1/alert_service.pb.h"

namespace wardcast {

// Threads: any; blocks on the store.
class AcknowledgeHandler {
 public:
  // All must outlive the handler.
  AcknowledgeHandler(Store& store, const Hub& hub, Journal& journal, AuditLog& audit,
                     const Clock& clock)
      : store_(store), hub_(hub), journal_(journal), audit_(audit), clock_(clock) {}

  // `done` runs after the commit. The caller and the request_id name the answer, so that a retry
  // records nothing twice. kAlreadyExists: the same request_id with other content.
  // kPermissionDenied: the ward is outside of the caller's scope. kFailedPrecondition: the note
  // looks like patient data, and no reason was given; a reason is in the audit trail when `done`
  // runs.
  void AcknowledgeAlert(const CallContext& context, const v1::AcknowledgeAlertRequest& request,
                        std::function<void(Result<v1::AcknowledgeAlertResponse>)> done);

 private:
  Store& store_;
  const Hub& hub_;
  Journal& journal_;
  AuditLog& audit_;
  const Clock& clock_;
  Mutex mu_;
  std::set<std::string> under_way_ GUARDED_BY(mu_);  // ids of answers that wait for their commit
};

}  // namespace wardcast
