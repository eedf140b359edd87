// The two cookies: a person's session, and the place of a browser that has enrolled as an endpoint.
// Out of reach of scripts, of other sites, and with TLS of plain text.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "server/http/wire/origin.h"
#include "server/http/wire/request_head.h"

namespace wardcast {

// The value; empty: none, or something that cannot be ours (longer than 200 characters).
std::string SessionCookie(const RequestHead& head, Scheme scheme);
std::string EndpointCookie(const RequestHead& head, Scheme scheme);
// Set-Cookie that gives a session to a browser until it closes, or takes it away.
Header GiveSessionCookie(std::string_view secret, Scheme scheme);
Header TakeSessionCookie(Scheme scheme);
// Set-Cookie that a browser keeps for so long, also when it closes.
Header GiveEndpointCookie(std::string_view secret, std::chrono::seconds life, Scheme scheme);

}  // namespace wardcast
