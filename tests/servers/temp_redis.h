// A real Redis for one test program, on a free port of the loopback interface and on a unix socket.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "tests/servers/child_process.h"
#include "tests/servers/temp_folder.h"

namespace wardcast::testing {

// Threads: one at a time.
class TempRedis {
 public:
  // Empty if a server can be started here; else why not, for GTEST_SKIP.
  static std::string WhyNot();

  // Starts the server; returns when it accepts connections. Throws std::runtime_error with the end
  // of its log.
  TempRedis();
  // Stops the server and removes its folder.
  ~TempRedis();

  int port() const { return port_; }
  std::string socket() const { return (folder_.path() / "redis.sock").string(); }
  pid_t pid() const { return server_->pid(); }

  // Ends it (SIGKILL), and starts it again on the same port.
  void Stop();
  void Start();

 private:
  TempFolder folder_;
  int port_ = 0;
  std::unique_ptr<ChildProcess> server_;
};

// A TCP port of 127.0.0.1 that nobody listens on now.
int FreePort();

}  // namespace wardcast::testing
