// What an endpoint must know of its place: settings and the procedures for the day on which nothing
// else opens.
#pragma once

#include "base/clock.h"
#include "server/api/method_table.h"
#include "server/feed/hub.h"
#include "wardcast/v1/endpoint_service.pb.h"

namespace wardcast {

// Threads: any; answers from memory.
class SettingsHandler {
 public:
  SettingsHandler(const Hub& hub, const Clock& clock) : hub_(hub), clock_(clock) {}

  Result<v1::GetSettingsResponse> GetSettings(const CallContext& context,
                                              const v1::GetSettingsRequest& request);
  Result<v1::GetProceduresResponse> GetProcedures(const CallContext& context,
                                                  const v1::GetProceduresRequest& request);

 private:
  const Hub& hub_;
  const Clock& clock_;
};

}  // namespace wardcast
