#include "server/store/sql/watchdog.h"

#include <sys/socket.h>

#include <algorithm>

#include "base/log.h"
#include "base/named_thread.h"

namespace wardcast {

using SteadyClock = std::chrono::steady_clock;

Watchdog::Guard& Watchdog::Guard::operator=(Guard&& other) noexcept {
  End();
  watchdog_ = std::exchange(other.watchdog_, nullptr);
  id_ = other.id_;
  return *this;
}

void Watchdog::Guard::End() {
  if (watchdog_ == nullptr) return;
  const MutexLock lock(watchdog_->mu_);
  watchdog_->watched_.erase(id_);
  watchdog_ = nullptr;
}

Watchdog::Watchdog() {
  thread_ = StartThread("store-watch", [this](std::stop_token) { Run(); });
}

Watchdog::~Watchdog() {
  {
    const MutexLock lock(mu_);
    stopping_ = true;
    changed_.NotifyAll();
  }
  thread_.join();
}

Watchdog::Guard Watchdog::Watch(int socket, std::chrono::milliseconds timeout) {
  const MutexLock lock(mu_);
  watched_.emplace(++last_id_, Watched{socket, SteadyClock::now() + timeout});
  // Later ones have later deadlines, so the thread has to know of the first only.
  if (watched_.size() == 1) changed_.NotifyAll();
  return Guard(this, last_id_);
}

void Watchdog::Run() {
  const MutexLock lock(mu_);
  while (!stopping_) {
    if (watched_.empty()) {
      changed_.Wait(mu_);
      continue;
    }
    const auto first = std::min_element(
        watched_.begin(), watched_.end(),
        [](const auto& a, const auto& b) { return a.second.deadline < b.second.deadline; });
    const auto left =
        std::chrono::ceil<std::chrono::milliseconds>(first->second.deadline - SteadyClock::now());
    if (left.count() > 0) {
      changed_.WaitFor(mu_, left);
      continue;
    }
    SPDLOG_WARN("store: the database does not answer; its connection is given up");
    // Under the lock: the guard cannot end, so the descriptor is still this socket's.
    shutdown(first->second.socket, SHUT_RDWR);
    watched_.erase(first);
  }
}

}  // namespace wardcast
