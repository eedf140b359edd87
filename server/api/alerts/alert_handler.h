// What publishers do: preview, publish, update, end, recall. The rules decide, the store commits,
// the bus wakes.
#pragma once

#include <functional>
#include <optional>

#include "base/clock.h"
#include "base/signature.h"
#include "server/alert/audience.h"
#include "server/api/figures/reach.h"
#include "server/api/method_table.h"
#include "server/bus/bus.h"
#include "server/feed/hub.h"
#include "server/store/store.h"
#include "wardcast/v1/alert_service.pb.h"

namespace wardcast {

// Threads: any; blocks on the store.
class AlertHandler {
 public:
  // All must outlive the handler.
  AlertHandler(Store& store, Bus& bus, Hub& hub, ReachReader& reach, const SigningKey& key,
               const Clock& clock)
      : store_(store), bus_(bus), hub_(hub), reach_(reach), key_(key), clock_(clock) {}

  Result<v1::PreviewAudienceResponse> PreviewAudience(const CallContext& context,
                                                      const v1::PreviewAudienceRequest& request);
  Result<v1::PublishAlertResponse> PublishAlert(const CallContext& context,
                                                const v1::PublishAlertRequest& request);
  Result<v1::UpdateAlertResponse> UpdateAlert(const CallContext& context,
                                              const v1::UpdateAlertRequest& request);
  Result<v1::EndAlertResponse> EndAlert(const CallContext& context,
                                        const v1::EndAlertRequest& request);
  Result<v1::RecallAlertResponse> RecallAlert(const CallContext& context,
                                              const v1::RecallAlertRequest& request);

  // Closes an INFORMATION whose time is over; does nothing to any other. For the clock, not for
  // callers.
  Result<void> Expire(const std::string& alert_id);

 private:
  // Commits `change`, wakes the brokers, and logs what was done and by whom (no name of a person).
  Result<AlertChanged> Commit(AlertChange change, const char* action, const std::string& by);
  // The fields that every change from a caller has.
  AlertChange ChangeBy(const CallContext& context, const char* method,
                       const google::protobuf::Message& request,
                       const std::string& request_id) const;
  // The decision to store `alert`, with the wards that it now concerns.
  static AlertDecision Decide(v1::Alert alert, const ResolvedAudience& audience);
  // The same for a change of `current` by `caller`. kPermissionDenied: it was, or would be, outside
  // of their scope. kFailedPrecondition: it becomes wide, or calls many wards again, and the caller
  // has not proved lately who they are.
  static Result<std::optional<AlertDecision>> DecideFor(const Identity& caller,
                                                        const v1::Alert& current, v1::Alert updated,
                                                        const Directory& directory, TimePoint now);

  Store& store_;
  Bus& bus_;
  Hub& hub_;
  ReachReader& reach_;
  const SigningKey& key_;
  const Clock& clock_;
};

}  // namespace wardcast
