// Counts the calls that are under way, so that the one who started them can wait until none is
// left.
#pragma once

#include <memory>

#include "base/mutex.h"

namespace wardcast::agent {

// Threads: all functions from any.
class CallCount {
 public:
  void Add() {
    const MutexLock lock(mu_);
    ++count_;
  }
  void Remove() {
    const MutexLock lock(mu_);
    if (--count_ == 0) none_.NotifyAll();
  }
  void WaitForNone() {
    const MutexLock lock(mu_);
    while (count_ > 0) none_.Wait(mu_);
  }

 private:
  Mutex mu_;
  CondVar none_;
  int count_ GUARDED_BY(mu_) = 0;
};

}  // namespace wardcast::agent
