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

struct TimekeeperConfig {
  // How late INFORMATION may be closed.
  std::chrono::milliseconds look_every{5'000};
  // Not at once after a start: there is more urgent work then.
  std::chrono::milliseconds first_sweep{120'000};
  std::chrono::milliseconds sweep_every{3'600'000};
  // Rows of one transaction of the sweep; what waits for the store waits for one of these.
  int sweep_rows = 500;
};

// Threads: own thread `clock`.
class Timekeeper {
 public:
  // All must outlive this object.
  Timekeeper(AlertHandler& alerts, const Hub& hub, Store& store, std::string broker_id,
             const Clock& clock, TimekeeperConfig config = {});
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
  const TimekeeperConfig config_;
  Steady::time_point sweep_at_;  // the thread's own
  Mutex mu_;
  CondVar changed_;
  bool stopping_ GUARDED_BY(mu_) = false;
  std::jthread thread_;
};

}  // namespace wardcast
