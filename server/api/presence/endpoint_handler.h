// Endpoints by name: all of them with their presence, and those that an alert has not reached.
#pragma once

#include <map>
#include <string>

#include "base/clock.h"
#include "base/result.h"
#include "server/api/figures/expected_reader.h"
#include "server/api/presence/presence_reader.h"
#include "server/feed/hub.h"
#include "server/store/store.h"
#include "wardcast/v1/alert_service.pb.h"
#include "wardcast/v1/directory_service.pb.h"

namespace wardcast {

struct CallContext;

// Threads: any; blocks on the store.
class EndpointHandler {
 public:
  // All must outlive the handler.
  EndpointHandler(Store& store, const Hub& hub, ExpectedReader& expected,
                  const PresenceReader& presence, const Clock& clock)
      : store_(store), hub_(hub), expected_(expected), presence_(presence), clock_(clock) {}

  Result<v1::ListEndpointsResponse> ListEndpoints(const CallContext& context,
                                                  const v1::ListEndpointsRequest& request);
  Result<v1::ListUnreachedResponse> ListUnreached(const CallContext& context,
                                                  const v1::ListUnreachedRequest& request);

 private:
  // What an endpoint has reported about the round that counts for it.
  struct Reported {
    TimePoint delivered{};
    bool displayed = false;
  };
  // By endpoint id.
  Result<std::map<std::string, Reported>> ReadReports(const v1::Alert& alert);

  Store& store_;
  const Hub& hub_;
  ExpectedReader& expected_;
  const PresenceReader& presence_;
  const Clock& clock_;
};

}  // namespace wardcast
