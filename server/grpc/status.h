// Errors as gRPC spells them.
#pragma once

#include <grpcpp/support/status.h>

#include "base/result.h"

namespace wardcast {

// Code and message, and one FieldViolation per violation in `grpc-status-details-bin`
// (google.rpc.Status).
grpc::Status ToStatus(const Error& error);

}  // namespace wardcast
