// gRPC's status as an error of ours. Only for gRPC's own translation units.
#pragma once

#include <grpcpp/support/status.h>

#include "base/result.h"

namespace wardcast::agent {

// `status` is not OK; a cancelled or timed-out call is kUnavailable: trying again is safe.
Error ToError(const grpc::Status& status);

}  // namespace wardcast::agent
