#include "agent/light/timers.h"

#include <utility>

#include "base/named_thread.h"

namespace wardcast::light {

Timers::Timers() {
  thread_ = StartThread("timers", [this](const std::stop_token& stop) { Run(stop); });
}

Timers::~Timers() { Stop(); }

void Timers::At(Clock::time_point when, Task task) {
  {
    const MutexLock lock(mu_);
    tasks_.emplace(when, std::move(task));
  }
  changed_.NotifyOne();
}

void Timers::Stop() {
  if (!thread_.joinable()) return;
  {
    const MutexLock lock(mu_);
    thread_.request_stop();
  }
  changed_.NotifyAll();
  thread_.join();
}

void Timers::Run(const std::stop_token& stop) {
  constexpr std::chrono::milliseconds kIdle{60'000};
  for (;;) {
    Task task;
    {
      const MutexLock lock(mu_);
      for (;;) {
        if (stop.stop_requested()) return;
        if (tasks_.empty()) {
          changed_.WaitFor(mu_, kIdle);
          continue;
        }
        const auto wait =
            std::chrono::ceil<std::chrono::milliseconds>(tasks_.begin()->first - Clock::now());
        if (wait.count() <= 0) break;
        changed_.WaitFor(mu_, wait);
      }
      task = std::move(tasks_.begin()->second);
      tasks_.erase(tasks_.begin());
    }
    task();
  }
}

}  // namespace wardcast::light
