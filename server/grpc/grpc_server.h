// Front door 1: gRPC for agents, the command line and integrations, with health and reflection.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "base/result.h"
#include "server/access/enrolment/endpoint_gate.h"
#include "server/api/dispatcher.h"
#include "server/api/live.h"

namespace wardcast {

// TLS 1.2 or newer. A client may show a certificate; one that `clients` has not signed, or that is
// not valid now, does not get through the handshake.
struct GrpcTls {
  std::filesystem::path server;   // PEM: key, certificate, chain
  std::filesystem::path clients;  // PEM: the authority of client certificates
  // Whose certificate is valid and not let in all the same; must outlive the server.
  const EndpointGate* gate = nullptr;
  // Both files are looked at so often; what changed is used for connections that come from then on.
  std::chrono::seconds look_every{10};
};

struct GrpcServerConfig {
  std::string host = "127.0.0.1";
  int port = 7443;  // 0: any free one
  // The largest request. An import of 50,000 endpoints is about 4 MiB.
  int max_request_bytes = 16 << 20;
  // A subscriber that takes nothing of what waits for it for so long is cut off; it reconciles when
  // it comes back. Looked at when the hub wakes it: not before HubConfig::stuck_after.
  std::chrono::milliseconds slow_after{30'000};
  // HTTP/2 pings: a peer that is gone without a word is noticed within the sum. TCP does not tell;
  // measured to cost under 90 KB an hour per agent.
  std::chrono::milliseconds ping_every{30'000};
  std::chrono::milliseconds ping_timeout{15'000};
  // nullopt: plain text.
  std::optional<GrpcTls> tls = {};
  // Not empty: instead of host and port, listens on this unix socket (made with mode 0600, and
  // removed at the end) and serves AdminService only.
  std::filesystem::path admin_socket = {};
};

// What the door has done; for the metrics.
struct GrpcCounts {
  std::size_t streams = 0;            // open subscriptions
  std::uint64_t accepted = 0;         // subscriptions that were opened
  std::uint64_t refused_streams = 0;  // subscriptions that were refused
  std::uint64_t too_slow = 0;         // cut off because they took nothing
};

// Threads: gRPC's own; all functions from one.
class GrpcServer {
 public:
  // Both must outlive the server.
  GrpcServer(GrpcServerConfig config, Dispatcher& dispatcher, Live& live);
  ~GrpcServer();

  // Listens and serves; returns the port (0: a socket). kUnavailable: it cannot listen there, and
  // why.
  Result<int> Start();
  // From now on health says NOT_SERVING; streams are ended by the hub.
  void Drain();
  // Nothing new is served. Waits up to `deadline` for calls to end, then cuts them off. Idempotent.
  void Stop(std::chrono::milliseconds deadline);

  // Any thread.
  GrpcCounts Counts() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace wardcast
