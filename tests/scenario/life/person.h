// Somebody who works at this hospital: an account, a password, an authenticator, a session.
#pragma once

#include <grpcpp/grpcpp.h>

#include <memory>
#include <string>

#include "base/clock.h"

namespace wardcast::testing {

// The secret of the newest one-time link in what a program said; empty: there is none.
std::string PasswordLinkIn(const std::string& said);

// Sets the password by `link`, signs `account` in and sets up an authenticator, by the time `now`
// of the broker; the session's token. A failure is a failed expectation, and "".
std::string SignInFirst(const std::shared_ptr<grpc::Channel>& channel, const std::string& account,
                        const std::string& link, TimePoint now);

}  // namespace wardcast::testing
