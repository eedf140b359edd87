// Enrolling in a browser: the door makes the secret of its place and gives it as a cookie, never in
// an answer that a script can read.
#pragma once

#include <google/protobuf/message.h>

#include <optional>
#include <string>

#include "base/clock.h"
#include "server/http/connect/connect_call.h"
#include "server/http/wire/origin.h"

namespace wardcast {

// What `call` has to do with an endpoint's cookie: a new secret, which the caller offers from now
// on (EnrollBrowser); the one that it was made with (WhoAmI); empty: nothing.
std::string EndpointSecretOf(ConnectCall& call);

// What makes the answer to such a call set the cookie: for as long as the place lasts, also again
// when an endpoint asks who it is, so that a browser that is used keeps it. Adds what the page must
// send with it. nullopt: nothing.
std::optional<Header> EndpointHeaderOf(const std::string& secret, google::protobuf::Message& answer,
                                       Scheme scheme, TimePoint now);

}  // namespace wardcast
