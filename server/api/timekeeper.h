// Removes what has been kept long enough (docs/store.md). Every broker may do it; what one has
// removed the others do not find.
#pragma once

#include <chrono>
#include <string>
#include <thread>

#include "base/clock.h"
#include "base/mutex.h"
#include "server/store/store.h"

namespace wardcast {

struct TimekeeperConfig {
  // Between two small batches, as long as something is left.
  std::chrono::milliseconds look_every{5'000};
  // Not at once after a start: there is more urgent work then.
  std::chrono::milliseconds first_sweep{120'000};
  std::chrono::milliseconds sweep_every{3'600'000};
  // Rows of one transaction of the sweep; what waits for the store waits for one of these.
  int sweep_rows = 500;
};

// Threads: own thread `sweep`.
class Timekeeper {
 public:
  // All must outlive this object.
  Timekeeper(Store& store, std::string broker_id, const Clock& clock, TimekeeperConfig config = {});
  ~Timekeeper();

 private:
  using Steady = std::chrono::steady_clock;

  void Run();
  // A small batch, so that others come between; the next one soon if something is left.
  void SweepSome();

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
