// The HTTP front door: the console's files, the unary calls (Connect protocol), the WebSocket, and
// the pages for operators. docs/http.md says what is served under which address and with which
// limits.
#pragma once

#include <chrono>
#include <memory>
#include <thread>

#include "base/result.h"
#include "server/api/dispatcher.h"
#include "server/api/live.h"
#include "server/http/http_config.h"

namespace wardcast {

class Service;

// What the door has done; for the metrics.
struct HttpCounts {
  std::size_t connections = 0;  // open: requests and WebSockets
  std::size_t sockets = 0;      // open WebSockets
  std::uint64_t requests = 0;
  std::uint64_t refused_connections = 0;  // because of max_connections or max_sockets
  std::uint64_t too_slow = 0;             // clients cut off because they took nothing
};

// Threads: own thread `http`, on which everything happens; Start, Drain and Stop from one thread,
// Counts from any.
class HttpServer {
 public:
  // `dispatcher` and `live` must outlive the server, and calls that they still hold may answer
  // after it is gone.
  HttpServer(HttpConfig config, Dispatcher& dispatcher, Live& live, HttpPages pages);
  ~HttpServer();  // stops
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;

  // Listens and starts the thread; the port. kUnavailable: the port is in use or may not be had;
  // kInvalidArgument: no such address. Both say what to do.
  Result<int> Start();

  // Reads HttpConfig::tls_file again: connections that come from now on are served with what is in
  // it; if it cannot be used (which is logged), with what was. Does not wait.
  void ReloadCertificate();

  // From now on there are no new WebSockets (503), each answer ends its connection, and WebSockets
  // without a subscription get {"retryAfter":…} and are closed with 1012. Those that have one go
  // when the hub releases their session, after the answers to reports that are under way. Calls
  // still reach the dispatcher, which refuses them. Does not wait.
  void Drain(std::chrono::milliseconds retry_after);

  // Nothing is accepted any more; what is under way is answered and everything that is left is told
  // and closed, within 2 s; then cuts off and joins. Idempotent.
  void Stop();

  HttpCounts Counts() const;

 private:
  const HttpConfig config_;
  const HttpPages pages_;
  std::unique_ptr<Service> service_;
  std::jthread thread_;
};

}  // namespace wardcast
