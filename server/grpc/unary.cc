#include "server/grpc/unary.h"

#include <memory>

#include "server/grpc/call_metadata.h"
#include "server/grpc/status.h"

namespace wardcast {

grpc::ServerUnaryReactor* ServeUnary(Dispatcher& dispatcher, std::string_view method,
                                     grpc::CallbackServerContext* context,
                                     const google::protobuf::Message& request,
                                     google::protobuf::Message* response, Origin origin) {
  grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
  std::unique_ptr<google::protobuf::Message> copy(request.New());
  copy->CopyFrom(request);
  Caller caller = CallerOf(*context);
  caller.local = origin == Origin::kAdminSocket;
  // The call's context lives until Finish.
  dispatcher.Call(method, caller, std::move(copy), [context, reactor, response](auto result) {
    if (!result) return reactor->Finish(ToStatus(result.error(), *context));
    response->GetReflection()->Swap(response, result->get());
    reactor->Finish(grpc::Status::OK);
  });
  return reactor;
}

}  // namespace wardcast
