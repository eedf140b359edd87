// A WebSocket client (RFC 6455) with the subprotocol of the browser's live channel.
#pragma once

#include <string>
#include <string_view>

#include "tests/bench/load/wire/wire.h"

namespace wardcast::bench {

class SocketEvents {
 public:
  virtual ~SocketEvents() = default;
  // The handshake is over; frames may be sent.
  virtual void OnOpen() = 0;
  // A whole text message; it lives until the return.
  virtual void OnText(std::string_view text) = 0;
};

class WebSocketClient final : public Wire {
 public:
  // `host`: "127.0.0.1:7480". `events` must outlive it.
  WebSocketClient(const std::string& host, SocketEvents& events);

  // A text frame; it is in out() afterwards.
  void Send(std::string_view text);
  bool Receive(std::string_view bytes) override;

 private:
  enum class Cut { kFrame, kMore, kBroken };
  bool Handshake(std::string_view& bytes, bool& more);
  Cut Bad(std::string why);
  Cut CutFrame(std::string_view& bytes);
  void AppendMasked(int opcode, std::string_view payload);

  SocketEvents& events_;
  bool open_ = false;
  std::string pending_;  // the beginning of the handshake or of a frame
  std::string message_;  // fragments of a message
};

}  // namespace wardcast::bench
