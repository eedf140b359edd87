// The services of the contract as gRPC sees them: each unary method goes to the dispatcher, each
// stream to `Live`.
#pragma once

#include <grpcpp/impl/service_type.h>

#include <chrono>
#include <memory>
#include <vector>

#include "server/api/dispatcher.h"
#include "server/api/live.h"
#include "server/grpc/counters.h"
#include "server/grpc/named_calls.h"
#include "server/grpc/station_check.h"

namespace wardcast {

// All references must outlive the services. `slow_after`: see GrpcServerConfig.
std::vector<std::unique_ptr<grpc::Service>> MakeServices(Dispatcher& dispatcher, Live& live,
                                                         GrpcCounters& counters,
                                                         std::chrono::milliseconds slow_after,
                                                         StationCheck stations);
// AdminService and what it needs, for the administrator's socket.
std::vector<std::unique_ptr<grpc::Service>> MakeAdminServices(Dispatcher& dispatcher);

// Their other unary methods; a server needs both.
std::unique_ptr<NamedCalls> MakeNamedCalls(Dispatcher& dispatcher);
std::unique_ptr<NamedCalls> MakeAdminNamedCalls(Dispatcher& dispatcher);

}  // namespace wardcast
