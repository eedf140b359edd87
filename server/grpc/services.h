// The services of the contract as gRPC sees them: each unary method goes to the dispatcher, each
// stream to `Live`.
#pragma once

#include <grpcpp/impl/service_type.h>

#include <memory>
#include <vector>

#include "server/api/dispatcher.h"
#include "server/api/live.h"

namespace wardcast {

// Both must outlive the services.
std::vector<std::unique_ptr<grpc::Service>> MakeServices(Dispatcher& dispatcher, Live& live);

}  // namespace wardcast
