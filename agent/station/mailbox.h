// Tasks for the station's thread. Bounded: a full mailbox refuses, and the one who posts must
// handle it.
#pragma once

#include <algorithm>
#include <functional>
#include <utility>
#include <vector>

#include "agent/core/moment.h"
#include "base/mutex.h"

namespace wardcast::agent {

// Threads: Put and Wake from any, Take from the owner.
class Mailbox {
 public:
  using Task = std::move_only_function<void()>;
  static constexpr std::size_t kLimit = 10'000;

  // False: full, the task is gone.
  bool Put(Task task) {
    {
      const MutexLock lock(mu_);
      if (tasks_.size() >= kLimit) return false;
      tasks_.push_back(std::move(task));
    }
    wake_.NotifyOne();
    return true;
  }
  void Wake() {
    {
      const MutexLock lock(mu_);
      woken_ = true;
    }
    wake_.NotifyOne();
  }
  // Waits until there is a task, a Wake, or `wait` has passed; returns all tasks in order.
  std::vector<Task> Take(std::chrono::milliseconds wait) {
    const MutexLock lock(mu_);
    if (tasks_.empty() && !woken_ && wait.count() > 0) wake_.WaitFor(mu_, wait);
    woken_ = false;
    return std::exchange(tasks_, {});
  }

 private:
  Mutex mu_;
  CondVar wake_;
  std::vector<Task> tasks_ GUARDED_BY(mu_);
  bool woken_ GUARDED_BY(mu_) = false;
};

}  // namespace wardcast::agent
