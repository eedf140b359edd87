// gRPC's status as an error of ours. Only for gRPC's own translation units.
#pragma once

#include <grpcpp/client_context.h>
#include <grpcpp/support/status.h>

#include <chrono>
#include <optional>

#include "base/result.h"

namespace wardcast::agent {

// `status` is not OK; a cancelled or timed-out call is kUnavailable: trying again is safe.
Error ToError(const grpc::Status& status);

// When the broker said to try again (trailing metadata `grpc-retry-pushback-ms`); nullopt: it did
// not. After the call has ended.
std::optional<std::chrono::milliseconds> RetryAfter(const grpc::ClientContext& context);

}  // namespace wardcast::agent
