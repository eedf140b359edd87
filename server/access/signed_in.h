// A credential in use: who it is, and whether it still holds. Connections that stay open keep one
// and look at it.
#pragma once

#include <atomic>
#include <memory>
#include <string>
#include <utility>

#include "base/clock.h"
#include "base/mutex.h"
#include "server/access/roles/identity.h"

namespace wardcast {

// Threads: any.
class SignedIn {
 public:
  // `csrf`: what a page must send with a cookie; empty for other credentials. `idle`: zero for
  // credentials that do not end by being left alone.
  SignedIn(IdentityPtr identity, std::string csrf, std::chrono::milliseconds idle, TimePoint now)
      : csrf_(std::move(csrf)), idle_(idle), used_(now), identity_(std::move(identity)) {}

  IdentityPtr identity() const {
    const MutexLock lock(mu_);
    return identity_;
  }
  const std::string& csrf() const { return csrf_; }
  // Ended by somebody, or its time is over.
  bool over(TimePoint now) const {
    if (ended_) return true;
    const TimePoint expires = identity()->expires;
    return (expires != TimePoint{} && now >= expires) ||
           (idle_.count() > 0 && now - used_.load() >= idle_);
  }
  void Use(TimePoint now) { used_ = now; }
  void End() { ended_ = true; }
  // Its account's roles have changed.
  void Become(IdentityPtr identity) {
    const MutexLock lock(mu_);
    identity_ = std::move(identity);
  }

 private:
  const std::string csrf_;
  const std::chrono::milliseconds idle_;
  std::atomic<TimePoint> used_;
  std::atomic<bool> ended_ = false;
  mutable Mutex mu_;
  IdentityPtr identity_ GUARDED_BY(mu_);
};

using SignedInPtr = std::shared_ptr<SignedIn>;

}  // namespace wardcast
