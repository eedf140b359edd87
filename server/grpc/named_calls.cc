#include "server/grpc/named_calls.h"

#include <google/protobuf/descriptor.h>
#include <grpcpp/support/byte_buffer.h>
#include <grpcpp/support/proto_buffer_reader.h>
#include <grpcpp/support/proto_buffer_writer.h>

#include <memory>
#include <stdexcept>
#include <string_view>
#include <utility>

#include "server/grpc/call_metadata.h"
#include "server/grpc/status.h"

namespace wardcast {
namespace {

// Reads one message, has it answered, writes one message. Deletes itself in OnDone, which comes
// after Finish only.
class NamedCall final : public grpc::ServerGenericBidiReactor {
 public:
  // `method` without its leading slash.
  NamedCall(Dispatcher& dispatcher, std::string_view method, Origin origin,
            grpc::CallbackServerContext& context,
            std::unique_ptr<google::protobuf::Message> request)
      : dispatcher_(dispatcher),
        method_(method),
        origin_(origin),
        context_(context),
        request_(std::move(request)) {
    StartRead(&bytes_);
  }

  void OnReadDone(bool ok) override {
    if (!ok) return Finish({grpc::StatusCode::INVALID_ARGUMENT, "the call brought no message"});
    if (!Parse()) {
      return Finish({grpc::StatusCode::INVALID_ARGUMENT,
                     "not a serialised " + request_->GetDescriptor()->full_name()});
    }
    Caller caller = CallerOf(context_);
    caller.local = origin_ == Origin::kAdminSocket;
    dispatcher_.Call(method_, caller, std::move(request_),
                     [this](auto result) { Answer(std::move(result)); });
  }

  void OnDone() override { delete this; }

 private:
  bool Parse() {
    grpc::ProtoBufferReader reader(&bytes_);
    return reader.status().ok() && request_->ParseFromZeroCopyStream(&reader);
  }

  void Answer(Result<std::unique_ptr<google::protobuf::Message>> result) {
    if (!result) return Finish(ToStatus(result.error(), context_));
    bytes_.Clear();
    constexpr int kPiece = 64 << 10;
    {
      grpc::ProtoBufferWriter writer(&bytes_, kPiece, static_cast<int>((*result)->ByteSizeLong()));
      if (!(*result)->SerializeToZeroCopyStream(&writer))
        return Finish({grpc::StatusCode::INTERNAL, "the answer cannot be serialised"});
    }
    StartWriteAndFinish(&bytes_, {}, grpc::Status::OK);
  }

  Dispatcher& dispatcher_;
  const std::string_view method_;
  const Origin origin_;
  grpc::CallbackServerContext& context_;
  std::unique_ptr<google::protobuf::Message> request_;  // until it is handed on
  grpc::ByteBuffer bytes_;                              // the request, then the answer
};

class NoSuchCall final : public grpc::ServerGenericBidiReactor {
 public:
  NoSuchCall() { Finish({grpc::StatusCode::UNIMPLEMENTED, ""}); }
  void OnDone() override { delete this; }
};

}  // namespace

const google::protobuf::ServiceDescriptor& ServiceNamed(const std::string& name) {
  const auto* service =
      google::protobuf::DescriptorPool::generated_pool()->FindServiceByName("wardcast.v1." + name);
  if (!service) throw std::logic_error("wardcast.v1 has no service " + name);
  return *service;
}

NamedCalls::NamedCalls(Dispatcher& dispatcher, const std::vector<std::string>& services,
                       Origin origin)
    : dispatcher_(dispatcher), origin_(origin) {
  for (const std::string& name : services) {
    const google::protobuf::ServiceDescriptor& service = ServiceNamed(name);
    for (int i = 0; i < service.method_count(); ++i) {
      const google::protobuf::MethodDescriptor& method = *service.method(i);
      if (method.client_streaming() || method.server_streaming()) continue;
      requests_["/" + service.full_name() + "/" + method.name()] =
          google::protobuf::MessageFactory::generated_factory()->GetPrototype(method.input_type());
    }
  }
}

grpc::ServerGenericBidiReactor* NamedCalls::CreateReactor(
    grpc::GenericCallbackServerContext* context) {
  const auto found = requests_.find(context->method());
  if (found == requests_.end()) return new NoSuchCall;
  return new NamedCall(dispatcher_, std::string_view(found->first).substr(1), origin_, *context,
                       std::unique_ptr<google::protobuf::Message>(found->second->New()));
}

}  // namespace wardcast
