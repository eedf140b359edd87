// Errors as gRPC spells them.
#pragma once

#include <grpcpp/server_context.h>
#include <grpcpp/support/status.h>

#include "base/result.h"

namespace wardcast {

// Code and message, and in `grpc-status-details-bin` (google.rpc.Status) one FieldViolation per
// violation, and the Remedy if there is one.
grpc::Status ToStatus(const Error& error);

// The same for this call, with `Error::retry_after` as trailing metadata `grpc-retry-pushback-ms`
// (which clients with a retry policy obey by themselves). Before Finish().
grpc::Status ToStatus(const Error& error, grpc::CallbackServerContext& context);

}  // namespace wardcast
