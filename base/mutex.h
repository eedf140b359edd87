// A mutex that clang's thread-safety analysis understands (-Wthread-safety, preset `tidy`).
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>

#if defined(__clang__)
#define WARDCAST_TSA(x) __attribute__((x))
#else
#define WARDCAST_TSA(x)
#endif
#ifndef GUARDED_BY
#define GUARDED_BY(x) WARDCAST_TSA(guarded_by(x))
#endif
#ifndef REQUIRES
#define REQUIRES(...) WARDCAST_TSA(requires_capability(__VA_ARGS__))
#endif
#ifndef EXCLUDES
#define EXCLUDES(...) WARDCAST_TSA(locks_excluded(__VA_ARGS__))
#endif

namespace wardcast {

class WARDCAST_TSA(capability("mutex")) Mutex {
 public:
  void lock() WARDCAST_TSA(acquire_capability()) { mutex_.lock(); }
  void unlock() WARDCAST_TSA(release_capability()) { mutex_.unlock(); }

 private:
  friend class CondVar;
  std::mutex mutex_;
};

class WARDCAST_TSA(scoped_lockable) MutexLock {
 public:
  explicit MutexLock(Mutex& mutex) WARDCAST_TSA(acquire_capability(mutex)) : mutex_(mutex) {
    mutex_.lock();
  }
  ~MutexLock() WARDCAST_TSA(release_capability()) { mutex_.unlock(); }
  MutexLock(const MutexLock&) = delete;
  MutexLock& operator=(const MutexLock&) = delete;

 private:
  Mutex& mutex_;
};

// Waits may wake for no reason: call them in a loop that checks the condition.
class CondVar {
 public:
  void Wait(Mutex& mutex) REQUIRES(mutex) {
    std::unique_lock lock(mutex.mutex_, std::adopt_lock);
    condition_.wait(lock);
    lock.release();
  }
  // False if `timeout` passed.
  bool WaitFor(Mutex& mutex, std::chrono::milliseconds timeout) REQUIRES(mutex) {
    std::unique_lock lock(mutex.mutex_, std::adopt_lock);
    const bool woken = condition_.wait_for(lock, timeout) == std::cv_status::no_timeout;
    lock.release();
    return woken;
  }
  void NotifyOne() { condition_.notify_one(); }
  void NotifyAll() { condition_.notify_all(); }

 private:
  std::condition_variable condition_;
};

}  // namespace wardcast
