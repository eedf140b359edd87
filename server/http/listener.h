// The listening socket. Opened by ourselves, so that what went wrong can be said exactly.
#pragma once

#include <string>

#include "base/result.h"

namespace wardcast {

struct Listening {
  int fd = -1;  // non-blocking; the caller's to close
  int port = 0;
};

// `host`: an address or a name; `port` 0: a free one. kUnavailable: the port is in use, or may not
// be had without rights; kInvalidArgument: this machine has no such address.
Result<Listening> Listen(const std::string& host, int port);

struct Accepted {
  int fd = -1;       // non-blocking, TCP_NODELAY; -1: nobody is waiting
  std::string peer;  // "127.0.0.1:52310"
};

Accepted Accept(int listening_fd);

// Bytes that the peer has acknowledged so far; tells a slow peer from one that takes nothing.
std::uint64_t AcknowledgedBytes(int fd);

}  // namespace wardcast
