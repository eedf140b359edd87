// A deadline for a connection of libldap, which has none for the handshake of TLS nor in the middle
// of a message: a peer that falls silent there would hold its caller for good.
#pragma once

#include <lber.h>

#include <chrono>

namespace wardcast {

// What has not been read or written by then fails with ETIMEDOUT.
struct IoDeadline {
  std::chrono::steady_clock::time_point until{};
};

// Puts the deadline beneath TLS. `deadline` must outlive the connection; it may be moved on between
// two calls. The socket must not block. False: no memory.
bool AddDeadline(Sockbuf* connection, IoDeadline* deadline);

}  // namespace wardcast
