// A gRPC client on one HTTP/2 connection, without TLS: unary calls and server streams.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tests/bench/load/wire/http2_frame.h"
#include "tests/bench/load/wire/wire.h"

namespace wardcast::bench {

using CallId = std::uint32_t;

// What becomes of calls. Neither may destroy the client; both may begin calls.
class CallEvents {
 public:
  virtual ~CallEvents() = default;
  // `message` lives until the return.
  virtual void OnMessage(CallId call, std::string_view message) = 0;
  // The last of a call. `status`: gRPC's code, 0 is OK.
  virtual void OnEnd(CallId call, int status, const std::string& problem) = 0;
};

class GrpcClient final : public Wire {
 public:
  // `token`: bearer token, empty: none. `events` must outlive it.
  GrpcClient(std::string authority, std::string token, CallEvents& events);

  // Begins a call with its only request; it is in out() afterwards. `method` is
  // "wardcast.v1.AlertService/PublishAlert". 0: the peer's window has no room for it now.
  CallId Call(std::string_view method, std::string_view request);
  bool Receive(std::string_view bytes) override;

 private:
  struct Stream {
    CallId id = 0;
    std::uint32_t consumed = 0;  // since its last WINDOW_UPDATE
    std::string message;         // a message of which a part has come
    std::string headers;         // a header block of which a part has come
    bool ends = false;           // with this header block
    int status = -1;
    std::string problem;
  };

  bool OnFrame(const Frame& frame);
  bool OnData(const Frame& frame);
  bool OnHeaders(const Frame& frame);
  bool OnHeaderBlock(CallId id);
  bool TakeMessages(CallId id, std::string_view content);
  void Consume(Stream& stream, std::uint32_t bytes);
  void End(CallId id, int status, const std::string& problem);
  Stream* Find(CallId id);

  const std::string authority_;
  const std::string token_;
  CallEvents& events_;
  CallId next_ = 1;
  std::int64_t send_window_ = 65'535;  // of the connection; requests are smaller than a stream's
  std::uint32_t consumed_ = 0;         // since the connection's last WINDOW_UPDATE
  std::vector<Stream> streams_;        // few
  std::string pending_;                // the beginning of a frame
};

}  // namespace wardcast::bench
