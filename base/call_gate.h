// Lets a callback be called until somebody says stop, and makes "stop" wait for a call that is
// running.
#pragma once

#include <atomic>

namespace wardcast {

// Threads: Enter() and Leave() from any; Shut() from any thread that is not between the two.
class CallGate {
 public:
  // True: call, then Leave(). False: shut, do not call.
  bool Enter() noexcept {
    if ((state_.fetch_add(kCall, std::memory_order_acquire) & kShut) == 0) return true;
    Leave();
    return false;
  }
  void Leave() noexcept {
    if (state_.fetch_sub(kCall, std::memory_order_release) == (kShut | kCall)) state_.notify_all();
  }
  // When it returns, no call is running and none begins. Idempotent.
  void Shut() noexcept {
    unsigned state = state_.fetch_or(kShut, std::memory_order_acq_rel) | kShut;
    while (state != kShut) {
      state_.wait(state, std::memory_order_acquire);
      state = state_.load(std::memory_order_acquire);
    }
  }

 private:
  static constexpr unsigned kShut = 1;
  static constexpr unsigned kCall = 2;  // each running call counts so much
  std::atomic<unsigned> state_{0};
};

}  // namespace wardcast
