// One unary call: hands it to the dispatcher and finishes it when the answer comes.
#pragma once

#include <google/protobuf/message.h>
#include <grpcpp/server_context.h>
#include <grpcpp/support/server_callback.h>

#include <string_view>

#include "server/api/dispatcher.h"

namespace wardcast {

// Where the call came in.
enum class Origin { kNetwork, kAdminSocket };

// `method` is "wardcast.v1.AlertService/PublishAlert". `response` is gRPC's and lives until the
// call is finished.
grpc::ServerUnaryReactor* ServeUnary(Dispatcher& dispatcher, std::string_view method,
                                     grpc::CallbackServerContext* context,
                                     const google::protobuf::Message& request,
                                     google::protobuf::Message* response,
                                     Origin origin = Origin::kNetwork);

}  // namespace wardcast
