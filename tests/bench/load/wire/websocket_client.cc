#include "tests/bench/load/wire/websocket_client.h"

#include <cstdint>
#include <utility>

#include "tests/bench/load/wire/http2_frame.h"

namespace wardcast::bench {
namespace {

constexpr std::size_t kLargestFrame = 16 << 20;
constexpr std::size_t kLargestHead = 16 << 10;
enum Opcode { kContinued = 0, kText = 1, kBinary = 2, kClose = 8, kPingFrame = 9, kPong = 10 };

}  // namespace

WebSocketClient::WebSocketClient(const std::string& host, SocketEvents& events) : events_(events) {
  out_ = "GET /ws HTTP/1.1\r\nHost: " + host +
         "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
         "Sec-WebSocket-Key: d2FyZGNhc3QtYmVuY2gtMQ==\r\n"
         "Sec-WebSocket-Protocol: wardcast.v1.json\r\n\r\n";
}

// The mask protects old proxies from what a page may send; here it is always the same.
void WebSocketClient::AppendMasked(int opcode, std::string_view payload) {
  constexpr char kMask[] = {0x21, 0x43, 0x65, 0x07};
  out_ += static_cast<char>(0x80 | opcode);
  if (payload.size() < 126) {
    out_ += static_cast<char>(0x80 | payload.size());
  } else if (payload.size() < 65'536) {
    out_ += static_cast<char>(0x80 | 126);
    out_ += static_cast<char>(payload.size() >> 8);
    out_ += static_cast<char>(payload.size() & 0xff);
  } else {
    out_ += static_cast<char>(0x80 | 127);
    AppendUint32(out_, 0);
    AppendUint32(out_, static_cast<std::uint32_t>(payload.size()));
  }
  out_.append(kMask, sizeof kMask);
  for (std::size_t i = 0; i < payload.size(); ++i)
    out_ += static_cast<char>(payload[i] ^ kMask[i % sizeof kMask]);
}

void WebSocketClient::Send(std::string_view text) { AppendMasked(kText, text); }

bool WebSocketClient::Receive(std::string_view bytes) {
  std::string joined;
  if (!pending_.empty()) {
    joined = std::move(pending_);
    pending_ = {};
    joined += bytes;
    bytes = joined;
  }
  if (!open_) {
    bool more = false;
    if (!Handshake(bytes, more)) return false;
    if (more) return true;
  }
  for (;;) {
    switch (CutFrame(bytes)) {
      case Cut::kFrame:
        break;
      case Cut::kBroken:
        return false;
      case Cut::kMore:
        pending_ = bytes;
        return true;
    }
  }
}

bool WebSocketClient::Handshake(std::string_view& bytes, bool& more) {
  const auto end = bytes.find("\r\n\r\n");
  if (end == std::string_view::npos) {
    if (bytes.size() > kLargestHead) return Broken("an endless answer to the handshake");
    pending_ = bytes;
    more = true;
    return true;
  }
  if (!bytes.starts_with("HTTP/1.1 101"))
    return Broken("no WebSocket: " + std::string(bytes.substr(0, bytes.find("\r\n"))));
  bytes.remove_prefix(end + 4);
  open_ = true;
  events_.OnOpen();
  return true;
}

WebSocketClient::Cut WebSocketClient::Bad(std::string why) {
  Broken(std::move(why));
  return Cut::kBroken;
}

WebSocketClient::Cut WebSocketClient::CutFrame(std::string_view& bytes) {
  if (bytes.size() < 2) return Cut::kMore;
  const auto first = static_cast<unsigned char>(bytes[0]);
  const auto second = static_cast<unsigned char>(bytes[1]);
  std::size_t head = 2;
  std::uint64_t size = second & 0x7f;
  if ((second & 0x80) != 0) return Bad("a masked frame");
  if (size == 126) {
    head = 4;
    if (bytes.size() < head) return Cut::kMore;
    size = static_cast<unsigned char>(bytes[2]) << 8 | static_cast<unsigned char>(bytes[3]);
  } else if (size == 127) {
    head = 10;
    if (bytes.size() < head) return Cut::kMore;
    size =
        static_cast<std::uint64_t>(ReadUint32(bytes.substr(2))) << 32 | ReadUint32(bytes.substr(6));
  }
  if (size > kLargestFrame) return Bad("a frame of more than 16 MiB");
  if (bytes.size() - head < size) return Cut::kMore;
  const std::string_view payload = bytes.substr(head, size);
  bytes.remove_prefix(head + size);
  const bool last = (first & 0x80) != 0;
  switch (first & 0x0f) {
    case kText:
    case kContinued:
      if (last && message_.empty()) {
        events_.OnText(payload);
        return Cut::kFrame;
      }
      if (message_.size() + payload.size() > kLargestFrame)
        return Bad("a message of more than 16 MiB");
      message_ += payload;
      if (last) {
        events_.OnText(message_);
        message_ = {};
      }
      return Cut::kFrame;
    case kPingFrame:
      AppendMasked(kPong, payload);
      return Cut::kFrame;
    case kPong:
      return Cut::kFrame;
    case kClose:
      return Bad("the server closed the WebSocket" +
                 (payload.size() > 2 ? ": " + std::string(payload.substr(2)) : ""));
    default:
      return Bad("a frame of an unknown kind");
  }
}

}  // namespace wardcast::bench
