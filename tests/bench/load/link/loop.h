// The one thread of the generator: epoll over its connections.
#pragma once

#include <chrono>
#include <functional>

#include "base/result.h"

namespace wardcast::bench {

using Instant = std::chrono::steady_clock::time_point;
inline Instant Now() { return std::chrono::steady_clock::now(); }

// What epoll calls. Must outlive its registration; may unregister itself or others only by closing
// the descriptor after the call (Connection does).
class Ready {
 public:
  virtual ~Ready() = default;
  virtual void OnReady(bool readable, bool writable) = 0;
};

// Threads: one.
class Loop {
 public:
  Loop();  // throws std::system_error
  ~Loop();
  Loop(const Loop&) = delete;
  Loop& operator=(const Loop&) = delete;

  // Level-triggered, for reading, and with `writing` for writing too.
  void Add(int fd, Ready& ready, bool writing);
  void Change(int fd, Ready& ready, bool writing);

  // Serves until `done` is true, which is asked after each round of events, or at most
  // `step` apart. kUnavailable: not done within `limit`; the message begins with `what`.
  Result<void> Until(const std::function<bool()>& done, std::chrono::milliseconds limit,
                     const std::string& what,
                     std::chrono::milliseconds step = std::chrono::milliseconds(50));

 private:
  int epoll_;
};

}  // namespace wardcast::bench
