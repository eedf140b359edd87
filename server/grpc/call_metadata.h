// Who calls, from a gRPC call's metadata.
#pragma once

#include <grpcpp/server_context.h>

#include "server/api/caller.h"

namespace wardcast {

// Whom the client certificate names (it was verified in the handshake), and the token in
// `authorization: Bearer TOKEN`; anything else counts as none.
Caller CallerOf(const grpc::CallbackServerContext& context);

}  // namespace wardcast
