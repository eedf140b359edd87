// What a client of a broker trusts, and what it shows of itself. Knows no gRPC.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace wardcast::agent {

// PEM texts.
struct ClientTls {
  std::string authority;  // trusted, and nothing else
  // Shown if not empty.
  std::string key = {};
  std::string certificate = {};
};

// True if `broker` (HOST:PORT) is this machine: the only place to which plain text may go.
bool IsLoopbackBroker(std::string_view broker);

}  // namespace wardcast::agent
