// What time alone does: closes INFORMATION whose time is over (the only thing that ends by a
// clock), and removes what has been kept long enough (docs/store.md). Every broker may do it, the
// first one wins.
#pragma once

#include <chrono>
#include <string>
#include <thread>

#include "base/clock.h"
#include "base/mutex.h"
#include "server/api/alert_handler.h"
#include "server/feed/hub.h"
#include "server/store/store.h"

namespace wardcast {

// Threads: own thread `clock`.
class Timekeeper {
 public:
  // All must outlive this object.
  Timekeeper(AlertHandler& alerts, const Hub& hub, Store& store, std::string broker_id,
             const Clock& clock);
  ~Timekeeper();

 private:
  using Steady = std::chrono::steady_clock;

  void Run();
  void CloseWhatIsOver();
  // A small batch, so that others come between; the next one soon if something is left.
  void SweepSome();

  AlertHandler& alerts_;
  const Hub& hub_;
  Store& store_;
  const std::string broker_id_;
  const Clock& clock_;
  Steady::time_point sweep_at_;  // the thread's own
  Mutex mu_;
  CondVar changed_;
  bool stopping_ GUARDED_BY(mu_) = false;
  std::jthread thread_;
};

}  // namespace wardcast
