// Tasks at moments, on one thread.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <thread>

#include "base/mutex.h"

namespace wardcast::light {

// Threads: At from any. Tasks run on the thread `timers`, one at a time, and must not block.
class Timers {
 public:
  using Clock = std::chrono::steady_clock;
  using Task = std::move_only_function<void()>;

  Timers();
  ~Timers();  // Stop
  void At(Clock::time_point when, Task task);
  void After(std::chrono::milliseconds wait, Task task) {
    At(Clock::now() + wait, std::move(task));
  }
  // Drops what is not due. When it has returned, no task runs and none will.
  void Stop();

 private:
  void Run(const std::stop_token& stop);

  Mutex mu_;
  CondVar changed_;
  std::multimap<Clock::time_point, Task> tasks_ GUARDED_BY(mu_);
  std::jthread thread_;
};

}  // namespace wardcast::light
