// The one cookie: a browser's session. Out of reach of scripts, of other sites, and with TLS of
// plain text.
#pragma once

#include <string>
#include <string_view>

#include "server/http/wire/origin.h"
#include "server/http/wire/request_head.h"

namespace wardcast {

// Its value; empty: none, or something that cannot be ours (longer than 200 characters).
std::string SessionCookie(const RequestHead& head, Scheme scheme);
// Set-Cookie that gives a session to a browser until it closes, or takes it away.
Header GiveSessionCookie(std::string_view secret, Scheme scheme);
Header TakeSessionCookie(Scheme scheme);

}  // namespace wardcast
