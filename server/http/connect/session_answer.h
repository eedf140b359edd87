// Signing in and out in a browser: the session's secret travels as a cookie, never in the answer
// that a script can read.
#pragma once

#include <google/protobuf/message.h>

#include <optional>

#include "server/http/wire/cookie.h"

namespace wardcast {

// What makes the answer to `request` set a cookie; nullopt: nothing. Takes the secret out of the
// answer to SignIn, unless a program asked for it (`want_token`).
std::optional<Header> SessionHeaderOf(bool wants_token, google::protobuf::Message& answer,
                                      Scheme scheme);
// Whether a request of SignIn asks for the secret itself.
bool WantsToken(const google::protobuf::Message& request);

}  // namespace wardcast
