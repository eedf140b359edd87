// Calls that come while others are being written are written together, so that a burst costs a few
// commits and not one for each.
#pragma once

#include <algorithm>
#include <cstddef>
#include <deque>
#include <span>
#include <vector>

#include "base/mutex.h"

namespace wardcast {

// Threads: Run from any. No thread of its own: one of those that call writes for all who wait.
template <class Call>
class Gather {
 public:
  // At most so many are given to one `write`: what is written together is locked, and fails,
  // together.
  static constexpr std::size_t kMost = 20;

  // Returns once `write`, of this call or of another one, was called with a group that has `call`;
  // in the order in which they came. One `write` at a time; it must not throw.
  template <class Write>
  void Run(Call& call, Write&& write) {
    Waiting own{.call = &call, .done = false};
    {
      const MutexLock lock(mu_);
      waiting_.push_back(&own);
    }
    while (true) {
      std::vector<Waiting*> taken;
      {
        const MutexLock lock(mu_);
        while (writing_ && !own.done) turn_.Wait(mu_);
        if (own.done) return;
        writing_ = true;
        const auto end =
            waiting_.begin() + static_cast<std::ptrdiff_t>(std::min(kMost, waiting_.size()));
        taken.assign(waiting_.begin(), end);
        waiting_.erase(waiting_.begin(), end);
      }
      std::vector<Call*> group;
      group.reserve(taken.size());
      for (const Waiting* one : taken) group.push_back(one->call);
      write(std::span<Call* const>(group));
      {
        const MutexLock lock(mu_);
        for (Waiting* one : taken) one->done = true;
        writing_ = false;
      }
      turn_.NotifyAll();
    }
  }

 private:
  struct Waiting {
    Call* call;
    bool done;  // protected by mu_
  };

  Mutex mu_;
  CondVar turn_;
  std::deque<Waiting*> waiting_ GUARDED_BY(mu_);
  bool writing_ GUARDED_BY(mu_) = false;
};

}  // namespace wardcast
