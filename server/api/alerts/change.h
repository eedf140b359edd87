// Changing what there is: edit (update, postpone), end, recall. The rules decide, the store
// commits.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "server/api/alerts/alert_parts.h"
#include "server/api/alerts/sending.h"
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
  // What an edit is made of, beside the caller and the time.
  struct Edit {
    // What shall be of the alert; nullopt: nothing changes. Pure.
    std::function<Result<std::optional<v1::Alert>>(const v1::Alert& current)> make;
    // Whether what is not a draft may become `updated`. Pure. May be empty.
    std::function<Result<void>(const v1::Alert& current, const v1::Alert& updated)> check = {};
    ConfirmedReach confirmed = {};
    Approvers::Named approvers = nullptr;  // nullptr: it does not bear on approval
  };
  // Commits an edit of the alert that `change` names, if the caller may make it.
  Result<AlertChanged> CommitEdit(const CallContext& context, AlertChange change,
                                  const Directory& directory, const char* action, const Edit& edit);
  // The notice of somebody else that a machine's call is attached to: the machine does not end it.
  Result<std::optional<v1::Alert>> FindAttached(const CallContext& context,
                                                const std::string& source_key);

  const AlertParts parts_;
};

}  // namespace wardcast
