// A browser as far as a broker can tell: TLS, one jar of cookies, pages of an origin, WebSockets.
// Knows nothing of the server's code.
#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace wardcast::testing {

class TlsConnection;

struct WebAnswer {
  int status = 0;                                   // 0: none came
  std::multimap<std::string, std::string> headers;  // names in lower case
  std::string body;
  // The value of a header; empty: there is none.
  std::string Header(const std::string& name) const;
  // A discarded value if the body is none.
  nlohmann::json Json() const { return nlohmann::json::parse(body, nullptr, false); }
};

// An open WebSocket.
// Threads: one.
class WebSocket {
 public:
  explicit WebSocket(std::unique_ptr<TlsConnection> connection);
  ~WebSocket();
  void Send(const nlohmann::json& frame);
  // The next text frame that has `key`; pings are answered, others are skipped. A discarded value:
  // none came within `limit`, or the socket was closed.
  nlohmann::json Read(const std::string& key,
                      std::chrono::milliseconds limit = std::chrono::seconds(30));
  // The code of the close frame, whatever comes before it; 0: none came within `limit`.
  int ReadClose(std::chrono::milliseconds limit = std::chrono::seconds(30));
  int close_code() const { return close_code_; }

 private:
  struct Frame {
    int opcode = 0;  // 0: none
    std::string payload;
  };
  Frame ReadFrame(std::chrono::steady_clock::time_point until);

  std::unique_ptr<TlsConnection> connection_;
  std::string input_;
  int close_code_ = 0;
};

// Threads: one.
class TlsBrowser {
 public:
  // Of the broker at this port of this machine; trusts `authority` (PEM).
  TlsBrowser(int port, std::string authority) : port_(port), authority_(std::move(authority)) {}

  // "name: value" each; `Origin` is the broker's own unless given.
  using Headers = std::vector<std::string>;
  WebAnswer Call(const std::string& method, const nlohmann::json& request,
                 const Headers& headers = {});
  // As a page that sends this CSRF token.
  WebAnswer CallAs(const std::string& csrf, const std::string& method,
                   const nlohmann::json& request);
  // nullptr: refused; `status` is the answer's.
  std::unique_ptr<WebSocket> Open(int* status = nullptr, const std::string& origin = {});

  // Shortcuts of the two pages. "endpoint" or "person": its CSRF token; empty: it is not known.
  std::string CsrfOf(const std::string& as);
  WebAnswer Enrol(const std::string& token, const std::string& endpoint_id);

  std::string origin() const { return "https://localhost:" + std::to_string(port_); }
  // By name. What is put here is sent with each request.
  std::map<std::string, std::string> jar;

 private:
  std::unique_ptr<TlsConnection> Connect() const;
  std::string Head(const std::string& line, const Headers& headers) const;
  void Keep(const WebAnswer& answer);

  const int port_;
  const std::string authority_;
};

}  // namespace wardcast::testing
