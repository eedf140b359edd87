// Front door 1: gRPC for agents, the command line and integrations, with health and reflection.
#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "base/result.h"
#include "server/api/dispatcher.h"
#include "server/api/live.h"

namespace wardcast {

struct GrpcServerConfig {
  std::string host = "127.0.0.1";
  int port = 7443;  // 0: any free one
  // The largest request. An import of 50,000 endpoints is about 4 MiB.
  int max_request_bytes = 16 << 20;
};

// Threads: gRPC's own; all functions from one.
class GrpcServer {
 public:
  // Both must outlive the server.
  GrpcServer(GrpcServerConfig config, Dispatcher& dispatcher, Live& live);
  ~GrpcServer();

  // Listens and serves; returns the port. kUnavailable: it cannot listen there, and why.
  Result<int> Start();
  // From now on health says NOT_SERVING; streams are ended by the hub.
  void Drain();
  // Waits up to `deadline` for calls to end, then cuts them off.
  void Stop(std::chrono::milliseconds deadline);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace wardcast
