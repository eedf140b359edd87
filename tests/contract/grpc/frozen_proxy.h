// A connection that dies without a word: bytes pass through until it freezes.
#pragma once

#include <atomic>
#include <thread>

namespace wardcast::testing {

// Threads: own one; all functions from any.
class FrozenProxy {
 public:
  // Passes one connection on to this port of the loopback.
  explicit FrozenProxy(int target_port);
  ~FrozenProxy();

  int port() const { return port_; }
  // From now on both sides keep their connection and hear nothing.
  void Freeze() { frozen_ = true; }
  // True: the server has closed its side since.
  bool server_closed() const { return server_closed_; }

 private:
  void Run(int target_port);

  int listening_ = -1;
  int port_ = 0;
  std::atomic<bool> frozen_ = false;
  std::atomic<bool> stop_ = false;
  std::atomic<bool> server_closed_ = false;
  std::thread thread_;
};

}  // namespace wardcast::testing
