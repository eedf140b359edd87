// ClientTls as gRPC wants it. Only for gRPC's own translation units.
#pragma once

#include <grpcpp/security/credentials.h>

#include <memory>
#include <optional>

#include "agent/link/client_tls.h"

namespace wardcast::agent {

// TLS 1.2 or newer, with the name of the server checked; nullopt: plain text.
std::shared_ptr<grpc::ChannelCredentials> CredentialsOf(const std::optional<ClientTls>& tls);

}  // namespace wardcast::agent
