#include "server/api/work_queue.h"

#include <string>

#include "base/named_thread.h"

namespace wardcast {

WorkQueue::WorkQueue(WorkQueueConfig config) : config_(config) {
  for (int i = 0; i < config_.threads; ++i) {
    threads_.push_back(StartThread("work-" + std::to_string(i),
                                   [this](std::stop_token stop) { Run(std::move(stop)); }));
  }
}

void WorkQueue::Stop() {
  {
    const MutexLock lock(mu_);
    stopping_ = true;
  }
  changed_.NotifyAll();
  threads_.clear();
}

Result<void> WorkQueue::Offer(std::move_only_function<void()> work) {
  {
    const MutexLock lock(mu_);
    if (stopping_) return Fail(Code::kUnavailable, "the broker is stopping; try again");
    if (queue_.size() >= config_.capacity) {
      return Fail(Code::kResourceExhausted, "the broker has " + std::to_string(config_.capacity) +
                                                " calls waiting already; try again in a second");
    }
    queue_.push_back(std::move(work));
  }
  changed_.NotifyOne();
  return {};
}

std::size_t WorkQueue::depth() const {
  const MutexLock lock(mu_);
  return queue_.size();
}

void WorkQueue::Run(std::stop_token) {
  for (;;) {
    std::move_only_function<void()> work;
    {
      const MutexLock lock(mu_);
      while (queue_.empty() && !stopping_) changed_.Wait(mu_);
      if (queue_.empty()) return;
      work = std::move(queue_.front());
      queue_.pop_front();
    }
    work();
  }
}

}  // namespace wardcast
