#include "server/store/sql/pool.h"

namespace wardcast {

Pool::Lease::~Lease() {
  guard_ = {};  // before the connection can be closed or lent again
  if (connection_) pool_->Return(std::move(connection_));
}

void Pool::Lease::Drop() {
  guard_ = {};
  connection_.reset();
  pool_->Lost();
}

Pool::Pool(Open open, int size, std::chrono::milliseconds timeout, Watchdog* watchdog)
    : open_(std::move(open)), size_(size), timeout_(timeout), watchdog_(watchdog) {}

void Pool::Give(std::unique_ptr<Connection> connection) {
  const MutexLock lock(mu_);
  ++open_count_;
  idle_.push_back(std::move(connection));
}

Result<Pool::Lease> Pool::Take() {
  const auto deadline = std::chrono::steady_clock::now() + timeout_;
  {
    const MutexLock lock(mu_);
    while (idle_.empty() && open_count_ >= size_) {
      const auto left =
          std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
      if (left.count() <= 0) {
        return Fail(Code::kUnavailable, "the store is busy: no free connection within " +
                                            std::to_string(timeout_.count()) + " ms. Try again.");
      }
      returned_.WaitFor(mu_, left);
    }
    if (!idle_.empty()) {
      std::unique_ptr<Connection> connection = std::move(idle_.back());
      idle_.pop_back();
      return Lend(std::move(connection));
    }
    ++open_count_;
  }
  auto opened = open_();
  if (opened) return Lend(std::move(*opened));
  const MutexLock lock(mu_);
  --open_count_;
  returned_.NotifyOne();
  return std::unexpected(opened.error());
}

Pool::Lease Pool::Lend(std::unique_ptr<Connection> connection) {
  Watchdog::Guard guard;
  if (watchdog_ != nullptr && connection->socket() >= 0) {
    // The server's own time-out shall be first: it ends the statement and keeps the connection.
    guard = watchdog_->Watch(connection->socket(), timeout_ + std::chrono::seconds(1));
  }
  return Lease(this, std::move(connection), std::move(guard));
}

void Pool::Return(std::unique_ptr<Connection> connection) {
  const MutexLock lock(mu_);
  idle_.push_back(std::move(connection));
  returned_.NotifyOne();
}

void Pool::Lost() {
  std::vector<std::unique_ptr<Connection>> closing;
  const MutexLock lock(mu_);
  closing.swap(idle_);
  open_count_ -= 1 + static_cast<int>(closing.size());
  returned_.NotifyAll();
}

}  // namespace wardcast
