// The threads `work-0` … that run handlers and may wait for the store. The queue in front of them
// is bounded: full is an answer (kResourceExhausted), not a wait, so that a store that hangs
// freezes no front door.
#pragma once

#include <deque>
#include <functional>
#include <thread>
#include <vector>

#include "base/mutex.h"
#include "base/result.h"

namespace wardcast {

struct WorkQueueConfig {
  int threads = 4;
  std::size_t capacity = 2'000;
};

// Threads: all functions from any.
class WorkQueue {
 public:
  explicit WorkQueue(WorkQueueConfig config);
  ~WorkQueue() { Stop(); }

  // Runs what is queued, then joins; later offers are refused. Not from a work thread. Idempotent.
  void Stop();

  // kResourceExhausted: full; kUnavailable: stopping. Then `work` is dropped.
  Result<void> Offer(std::move_only_function<void()> work);

  std::size_t depth() const;

 private:
  void Run(std::stop_token stop);

  const WorkQueueConfig config_;
  mutable Mutex mu_;
  CondVar changed_;
  std::deque<std::move_only_function<void()>> queue_ GUARDED_BY(mu_);
  bool stopping_ GUARDED_BY(mu_) = false;
  std::vector<std::jthread> threads_;  // last: they use everything above
};

}  // namespace wardcast
