// Ends calls to a database that does not answer: a stopped server, a disk that hangs. The time-outs
// of libpq and of the server cover a server that runs and a network that is gone; nothing else
// covers this.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <stop_token>
#include <thread>
#include <utility>

#include "base/mutex.h"

namespace wardcast {

// Threads: own thread `store-watch`; all functions from any.
class Watchdog {
 public:
  // While it lives, a socket is watched. Must end before the socket is closed.
  class Guard {
   public:
    Guard() = default;
    Guard(Guard&& other) noexcept
        : watchdog_(std::exchange(other.watchdog_, nullptr)), id_(other.id_) {}
    Guard& operator=(Guard&& other) noexcept;
    ~Guard() { End(); }

   private:
    friend class Watchdog;
    Guard(Watchdog* watchdog, std::uint64_t id) : watchdog_(watchdog), id_(id) {}
    void End();

    Watchdog* watchdog_ = nullptr;
    std::uint64_t id_ = 0;
  };

  Watchdog();
  ~Watchdog();
  Watchdog(const Watchdog&) = delete;
  Watchdog& operator=(const Watchdog&) = delete;

  // Shuts `socket` down after `timeout`, so that whoever waits for it gets an error.
  Guard Watch(int socket, std::chrono::milliseconds timeout);

 private:
  struct Watched {
    int socket;
    std::chrono::steady_clock::time_point deadline;
  };

  void Run();

  Mutex mu_;
  CondVar changed_;
  std::map<std::uint64_t, Watched> watched_ GUARDED_BY(mu_);
  std::uint64_t last_id_ GUARDED_BY(mu_) = 0;
  bool stopping_ GUARDED_BY(mu_) = false;
  std::jthread thread_;  // last: it uses all of the above
};

}  // namespace wardcast
