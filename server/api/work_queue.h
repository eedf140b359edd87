// The threads `work-0` … that run handlers and may wait for the store. The queue in front of them
// is bounded: full is an answer (kResourceExhausted), not a wait, so that a store that hangs
// freezes no front door.
#pragma once

#include <chrono>
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
  const char* name = "work";  // of the threads, with a number
};

// Threads: all functions from any.
class WorkQueue {
 public:
  explicit WorkQueue(WorkQueueConfig config);
  ~WorkQueue() { Stop({}); }

  // Later offers are refused. Runs what is queued for up to `grace`, drops the rest, and joins;
  // work that is running then is waited for (as long as the store's time-out). Not from a work
  // thread. Idempotent.
  void Stop(std::chrono::milliseconds grace);

  // Later, on a work thread, exactly one of the two is called: `work`, or `dropped` (if there is
  // one) on the thread that stops, with kUnavailable. kResourceExhausted: full, with the time to
  // try again; kUnavailable: stopping. Then neither is called.
  Result<void> Offer(std::move_only_function<void()> work,
                     std::move_only_function<void(Error)> dropped = nullptr);

  std::size_t depth() const;

 private:
  struct Waiting {
    std::move_only_function<void()> work;
    std::move_only_function<void(Error)> dropped;
  };

  void Run();

  const WorkQueueConfig config_;
  mutable Mutex mu_;
  CondVar changed_;
  CondVar empty_;  // while stopping
  std::deque<Waiting> queue_ GUARDED_BY(mu_);
  bool stopping_ GUARDED_BY(mu_) = false;
  std::vector<std::jthread> threads_;  // last: they use everything above
};

}  // namespace wardcast
