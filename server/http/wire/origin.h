// Which pages may call, and under which names this broker is reached.
#pragma once

#include <string_view>

namespace wardcast {

// How a page of this server begins.
enum class Scheme { kHttp, kHttps };

// True if `origin` ("https://host:port", as a browser sends it) is the origin of a page that this
// very server gave out under `host` (the Host header). An absent origin is not asked here.
bool IsOwnOrigin(std::string_view origin, std::string_view host, Scheme scheme);

// True if `host` (a Host header, with or without port) names this machine only: localhost,
// *.localhost, 127.x.x.x, [::1]. A broker that listens on loopback answers to no other name; else
// any web page could have its own name resolve to 127.0.0.1 and then pass as the same origin.
bool IsLoopbackName(std::string_view host);

}  // namespace wardcast
