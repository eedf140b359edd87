// The way to a server of the directory: an address that ends, whatever the network does.
#pragma once

#include <chrono>
#include <string>

#include "base/result.h"

namespace wardcast {

// A connected TCP socket to the host of an ldap:// or ldaps:// address, at its port or at the usual
// one (389, 636); each address of the host is tried, all of them until the deadline. The caller
// closes it. kUnavailable: with the reason. Only the resolver keeps its own time.
Result<int> Dial(const std::string& url, std::chrono::steady_clock::time_point until);

}  // namespace wardcast
