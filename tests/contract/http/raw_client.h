// A client that knows nothing of the server's code: a socket, bytes, and just enough HTTP and
// WebSocket to read answers.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace wardcast::testing {

// How long anything may take; generous, because machines are busy.
inline constexpr std::chrono::seconds kPatience{30};

struct HttpAnswer {
  int status = 0;                              // 0: none came
  std::map<std::string, std::string> headers;  // names in lower case
  std::string body;
};

struct Frame {
  int opcode = 0;  // 1 text, 8 close, 9 ping, 10 pong; 0: none came
  std::string payload;
  // Of a close frame; 0: none.
  int close_code() const;
};

class RawClient {
 public:
  explicit RawClient(int port);
  ~RawClient() { Close(); }
  RawClient(const RawClient&) = delete;
  RawClient& operator=(const RawClient&) = delete;
  RawClient(RawClient&& other) noexcept;

  bool connected() const { return fd_ >= 0; }
  // False: the server takes nothing more.
  bool Send(std::string_view bytes);
  // The next answer; to a HEAD, `has_body` is false.
  HttpAnswer Read(bool has_body = true);
  // True if the server closes the connection within the patience.
  bool ReadsEnd();
  // Reads and drops up to `bytes`.
  void Drop(std::size_t bytes);
  void Close();
  // With a reset instead of a farewell.
  void Abort();
  // Takes only little from now on.
  void ShrinkReceiveBuffer();

  // METHOD target with headers (each with CR LF) and a body with its length.
  HttpAnswer Request(const std::string& method, const std::string& target,
                     const std::string& headers = {}, const std::string& body = {});
  HttpAnswer Call(const std::string& method, const std::string& json,
                  const std::string& headers = {});

  // The handshake; status 101 if it was accepted.
  HttpAnswer Upgrade(const std::string& headers = "Sec-WebSocket-Protocol: wardcast.v1.json\r\n");
  bool SendFrame(std::string_view payload, int opcode = 1, bool last = true);
  Frame ReadFrame();
  // The next text frame that contains `part`; pings are answered on the way. Empty: none came.
  std::string ReadText(std::string_view part = {});
  // The code of the close frame that comes, whatever comes before; 0: the connection ended without.
  int ReadClose();

 private:
  // False: nothing more came.
  bool Fill();

  int fd_ = -1;
  int port_ = 0;
  std::string input_;
};

}  // namespace wardcast::testing
