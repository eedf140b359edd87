// Which endpoints are connected, to whichever broker, and when each was seen last.
#pragma once

#include <chrono>
#include <map>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "server/feed/hub.h"
#include "server/store/store.h"
#include "wardcast/v1/directory_service.pb.h"
#include "wardcast/v1/endpoint_service.pb.h"

namespace wardcast {

// An endpoint as it is now.
struct SeenEndpoint {
  v1::EndpointPresence presence;  // `endpoint` has only the id
  // As it says while it is connected; UNSPECIFIED: it is not, or does not say.
  v1::ScreenState::Value screen_state = v1::ScreenState::UNSPECIFIED;
};

// Threads: any; blocks on the store.
class PresenceReader {
 public:
  // `broker_id`: of this broker, which knows best who is connected to it. All must outlive the
  // reader.
  PresenceReader(Store& store, const Hub& hub, std::string broker_id, const Clock& clock)
      : store_(store), hub_(hub), broker_id_(std::move(broker_id)), clock_(clock) {}

  // By endpoint id. Endpoints that were never seen are not in it.
  Result<std::map<std::string, SeenEndpoint>> Read() const;

 private:
  Store& store_;
  const Hub& hub_;
  const std::string broker_id_;
  const Clock& clock_;
};

// The rows of one endpoint as one: at least one row. `own_broker`: rows of this broker are known
// from memory, so its sign of life is not asked for. Two connections that both live
// longer than `duplicate_after` are two machines (as in HubConfig). Pure.
v1::EndpointPresence MergePresence(const std::vector<PresenceRow>& rows,
                                   const std::string& own_broker,
                                   std::chrono::milliseconds duplicate_after, TimePoint now);

}  // namespace wardcast
