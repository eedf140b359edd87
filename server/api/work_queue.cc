#include "server/api/work_queue.h"

#include <string>
#include <utility>

#include "base/named_thread.h"

namespace wardcast {

WorkQueue::WorkQueue(WorkQueueConfig config) : config_(config) {
  for (int i = 0; i < config_.threads; ++i)
    threads_.push_back(StartThread(config_.name + ("-" + std::to_string(i)),
                                   [this](const std::stop_token&) { Run(); }));
}

void WorkQueue::Stop(std::chrono::milliseconds grace) {
  const auto until = std::chrono::steady_clock::now() + grace;
  std::deque<Waiting> rest;
  {
    const MutexLock lock(mu_);
    stopping_ = true;
    changed_.NotifyAll();
    while (!queue_.empty()) {
      const auto left =
          std::chrono::ceil<std::chrono::milliseconds>(until - std::chrono::steady_clock::now());
      if (left.count() <= 0) break;
      empty_.WaitFor(mu_, left);
    }
    rest = std::exchange(queue_, {});
  }
  for (Waiting& waiting : rest) {
    if (waiting.dropped)
      waiting.dropped(
          {Code::kUnavailable, "the broker stopped before this call was begun; retry is safe"});
  }
  threads_.clear();
}

Result<void> WorkQueue::Offer(std::move_only_function<void()> work,
                              std::move_only_function<void(Error)> dropped) {
  {
    const MutexLock lock(mu_);
    if (stopping_) return Fail(Code::kUnavailable, "the broker is stopping; try again");
    if (queue_.size() >= config_.capacity) {
      return FailFor(Code::kResourceExhausted,
                     "the broker has " + std::to_string(config_.capacity) +
                         " calls waiting already; try again in a second",
                     std::chrono::seconds(1));
    }
    queue_.push_back({std::move(work), std::move(dropped)});
  }
  changed_.NotifyOne();
  return {};
}

std::size_t WorkQueue::depth() const {
  const MutexLock lock(mu_);
  return queue_.size();
}

void WorkQueue::Run() {
  for (;;) {
    Waiting next;
    {
      const MutexLock lock(mu_);
      while (queue_.empty() && !stopping_) changed_.Wait(mu_);
      if (queue_.empty()) return;
      next = std::move(queue_.front());
      queue_.pop_front();
      if (stopping_ && queue_.empty()) empty_.NotifyAll();
    }
    next.work();
  }
}

}  // namespace wardcast
