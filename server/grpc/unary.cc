#include "server/grpc/unary.h"

#include <memory>

#include "server/grpc/call_metadata.h"
#include "server/grpc/status.h"

namespace wardcast {

grpc::ServerUnaryReactor* ServeUnary(Dispatcher& dispatcher, std::string_view method,
                                     grpc::CallbackServerContext* context,
                                     const google::protobuf::Message& request,
                                     google::protobuf::Message* response) {
  grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
  std::unique_ptr<google::protobuf::Message> copy(request.New());
  copy->CopyFrom(request);
  dispatcher.Call(method, CallerOf(*context), std::move(copy), [reactor, response](auto result) {
    if (!result) return reactor->Finish(ToStatus(result.error()));
    response->GetReflection()->Swap(response, result->get());
    reactor->Finish(grpc::Status::OK);
  });
  return reactor;
}

}  // namespace wardcast
