// Who listens to a bus.
#pragma once

#include <cstdint>
#include <functional>
#include <list>
#include <memory>

#include "base/call_gate.h"
#include "base/mutex.h"
#include "base/subscription.h"
#include "server/bus/bus.h"

namespace wardcast {

// Threads: all functions from any. Outlives its subscriptions.
class Hearers {
 public:
  Subscription Add(std::function<void(Topic, std::int64_t)> heard);
  // Calls everybody in the caller's thread, with no lock held.
  void Tell(Topic topic, std::int64_t number);

 private:
  struct Hearer {
    std::function<void(Topic, std::int64_t)> heard;
    CallGate gate;
  };

  Mutex mu_;
  std::list<std::shared_ptr<Hearer>> hearers_ GUARDED_BY(mu_);
};

}  // namespace wardcast
