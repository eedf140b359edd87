// Connections that are shared by threads: a bounded number, opened when needed, replaced when lost.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <utility>
#include <vector>

#include "base/mutex.h"
#include "base/result.h"
#include "server/store/sql/connection.h"
#include "server/store/sql/watchdog.h"

namespace wardcast {

// Threads: all functions from any.
class Pool {
 public:
  using Open = std::function<Result<std::unique_ptr<Connection>>()>;

  // A borrowed connection; goes back at the end of its life, or away after Drop().
  class Lease {
   public:
    Lease(Pool* pool, std::unique_ptr<Connection> connection, Watchdog::Guard guard)
        : pool_(pool), connection_(std::move(connection)), guard_(std::move(guard)) {}
    Lease(Lease&&) = default;
    Lease& operator=(Lease&&) = delete;
    ~Lease();
    Connection& operator*() const { return *connection_; }
    Connection* operator->() const { return connection_.get(); }
    // Closes it. Idle ones are closed as well: what broke this one, a restart of the server, broke
    // them too.
    void Drop();

   private:
    Pool* pool_;
    std::unique_ptr<Connection> connection_;
    Watchdog::Guard guard_;
  };

  // At most `size` connections; Take() waits up to `timeout` for one. `watchdog` (may be nullptr)
  // ends what is done with a lease when it takes longer than `timeout` and a second.
  Pool(Open open, int size, std::chrono::milliseconds timeout, Watchdog* watchdog);

  // Adds a connection that was opened elsewhere; before the first Take().
  void Give(std::unique_ptr<Connection> connection);

  // kUnavailable: all are busy for too long. Errors of `open` as they are.
  Result<Lease> Take();

 private:
  Lease Lend(std::unique_ptr<Connection> connection);
  void Return(std::unique_ptr<Connection> connection);
  void Lost();

  const Open open_;
  const int size_;
  const std::chrono::milliseconds timeout_;
  Watchdog* const watchdog_;
  Mutex mu_;
  CondVar returned_;
  int open_count_ GUARDED_BY(mu_) = 0;
  std::vector<std::unique_ptr<Connection>> idle_ GUARDED_BY(mu_);
};

}  // namespace wardcast
