// The handshake of a WebSocket (RFC 6455 §4.2), checked before anything is promised.
#pragma once

#include <expected>
#include <string>

#include "server/http/wire/origin.h"
#include "server/http/wire/request_head.h"
#include "server/http/wire/response.h"

namespace wardcast {

inline constexpr std::string_view kSubprotocol = "wardcast.v1.json";

// What accepts the handshake, ready to be sent; or the response that refuses it: 405 not GET, 426
// no upgrade or another version, 403 the Origin of another page, 400 the rest. Browsers always send
// an Origin; clients that are none (and send none) are let in.
std::expected<std::string, Response> CheckUpgrade(const RequestHead& head, Scheme scheme);

}  // namespace wardcast
