// What the HTTP door is told: addresses, limits, and the pages that the broker fills.
#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <string>

namespace wardcast {

struct HttpConfig {
  std::string host = "127.0.0.1";
  int port = 7480;  // 0: a free one
  // A PEM file with the key, the certificate and its chain: what is served speaks TLS 1.2 or newer.
  // Empty: plain text.
  std::filesystem::path tls_file = {};

  // The built console; missing: its pages say what to do, and the API works.
  std::filesystem::path web_dir = {};

  // Body of a call. A whole hospital is imported in one call, as base64.
  std::size_t max_body = 1u << 20;
  std::size_t max_import_body = 24u << 20;
  // Of all requests that are being received, together.
  std::size_t max_buffered = 256u << 20;
  // Requests and WebSockets together; one more is answered 503 and closed. There are fewer
  // WebSockets, so that ward PCs never keep the console and the monitoring out. With 10,000 agents
  // it stays below 20,000 descriptors.
  std::size_t max_connections = 9'500;
  std::size_t max_sockets = 9'000;

  // From the first byte of a request to the end of its head, and from the connection to its first
  // request.
  std::chrono::milliseconds head_timeout{10'000};
  // Between two requests.
  std::chrono::milliseconds idle_timeout{60'000};
  // A body's time is this and one second more for each 16 KiB.
  std::chrono::milliseconds body_timeout{20'000};
  // For a handler. A client may ask for less (Connect-Timeout-Ms).
  std::chrono::milliseconds answer_timeout{120'000};
  // A client that takes nothing of what waits for it for so long is cut off (WebSocket: 4408).
  std::chrono::milliseconds slow_timeout{30'000};

  // WebSockets are pinged so often, and dropped when nothing was heard for `silence_timeout`.
  std::chrono::milliseconds ping_every{20'000};
  std::chrono::milliseconds silence_timeout{50'000};
  // A WebSocket that has asked for nothing for so long is closed.
  std::chrono::milliseconds ask_timeout{30'000};
};

struct HttpPage {
  int status = 200;
  std::string text;
};

// Called on the thread `http`: must not block.
struct HttpPages {
  std::function<HttpPage()> healthz;
  std::function<HttpPage()> readyz;
  std::function<HttpPage()> metrics;
};

}  // namespace wardcast
