#include "server/http/wire/upgrade.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "server/http/wire/socket_frame.h"

namespace wardcast {
namespace {

// 16 bytes in base64.
bool IsKey(std::string_view key) {
  return key.size() == 24 && key.ends_with("==") &&
         std::all_of(key.begin(), key.end() - 2, [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                  c == '+' || c == '/';
         });
}

}  // namespace

std::expected<std::string, Response> CheckUpgrade(const RequestHead& head, Scheme scheme) {
  if (head.method != "GET") {
    Response response = PlainPage(405, "A WebSocket is opened with GET.");
    response.headers.push_back({"Allow", "GET"});
    return std::unexpected(std::move(response));
  }
  if (!head.ListHas("upgrade", "websocket") || !head.ListHas("connection", "upgrade") ||
      head.Get("sec-websocket-version") != "13") {
    Response response =
        PlainPage(426, "This address speaks WebSocket, version 13, subprotocol wardcast.v1.json.");
    response.headers.push_back({"Upgrade", "websocket"});
    response.headers.push_back({"Sec-WebSocket-Version", "13"});
    return std::unexpected(std::move(response));
  }
  if (head.Has("origin") && !IsOwnOrigin(head.Get("origin"), head.Get("host"), scheme)) {
    return std::unexpected(
        PlainPage(403, "Pages of another origin may not open a WebSocket here."));
  }
  if (!head.ListHas("sec-websocket-protocol", kSubprotocol)) {
    return std::unexpected(PlainPage(400, "Ask for the subprotocol wardcast.v1.json."));
  }
  if (!IsKey(head.Get("sec-websocket-key")))
    return std::unexpected(PlainPage(400, "Sec-WebSocket-Key is missing."));
  return fmt::format(
      "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
      "Sec-WebSocket-Accept: {}\r\nSec-WebSocket-Protocol: {}\r\n\r\n",
      AcceptKey(head.Get("sec-websocket-key")), kSubprotocol);
}

}  // namespace wardcast
