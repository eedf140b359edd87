// Closes INFORMATION whose time is over. The only thing that ends by a clock; every broker may do
// it, the first one wins.
#pragma once

#include <chrono>
#include <thread>

#include "base/clock.h"
#include "base/mutex.h"
#include "server/api/alert_handler.h"
#include "server/feed/hub.h"

namespace wardcast {

// Threads: own thread `clock`.
class Expiry {
 public:
  // All must outlive this object.
  Expiry(AlertHandler& alerts, const Hub& hub, const Clock& clock);
  ~Expiry();

 private:
  void Run();

  AlertHandler& alerts_;
  const Hub& hub_;
  const Clock& clock_;
  Mutex mu_;
  CondVar changed_;
  bool stopping_ GUARDED_BY(mu_) = false;
  std::jthread thread_;
};

}  // namespace wardcast
