// One endpoint's subscription: what it has been sent, and the set of what is due. Never a queue of messages, so its memory
// is bounded and it never receives a stale version. Knows no transport.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>

#include "base/mutex.h"
#include "server/feed/delivery.h"
#include "wardcast/v1/endpoint_service.pb.h"

namespace wardcast {

class Hub;

// Threads: Take() and Close() from the transport, one at a time; everything else is the hub's.
// Lifetime: the transport holds the shared_ptr; the hub forgets the session at Close().
class Session {
 public:
  // Who the session is.
  const std::string& endpoint_id() const;

  // Everything that is due, as one message, and marks it as sent; nullopt: nothing is due, `wake` will be called when
  // something is. Call it again after each write has gone out: what became due meanwhile is collected in the next.
  std::optional<Delivery> Take();

  // After it no `wake` is running or will come. Idempotent.
  void Close();
};

}  // namespace wardcast
