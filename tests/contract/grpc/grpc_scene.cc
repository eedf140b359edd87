#include "tests/contract/grpc/grpc_scene.h"

#include <grpcpp/generic/generic_stub.h>

#include <chrono>
#include <thread>
#include <utility>

namespace wardcast::testing {

bool ComesTrue(const std::function<bool()>& condition) {
  const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(30);
  while (!condition()) {
    if (std::chrono::steady_clock::now() > until) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  return true;
}

void GrpcDispatcher::Call(std::string_view method, const Caller& caller,
                          std::unique_ptr<google::protobuf::Message> request, Done done) {
  if (method.ends_with("/WhoAmI")) {
    if (caller.bearer.empty()) return done(Fail(Code::kUnauthenticated, "no token"));
    auto response = std::make_unique<v1::WhoAmIResponse>();
    response->set_caller(caller.bearer + " at " + caller.peer);
    done(std::move(response));
  } else if (method.ends_with("/GetAlert")) {
    auto response = std::make_unique<v1::GetAlertResponse>();
    response->mutable_alert()->set_id(static_cast<const v1::GetAlertRequest&>(*request).alert_id());
    done(std::move(response));
  } else if (method.ends_with("/ListAlerts")) {
    done(Invalid({{"page_size", "1 … 500"}, {"page_token", "not one of this broker"}}));
  } else if (method.ends_with("/PublishAlert")) {
    done(FailFor(Code::kResourceExhausted, "too much is waiting", std::chrono::milliseconds(1500)));
  } else if (method.ends_with("/EndAlert")) {
    const std::lock_guard lock(mu_);
    waiting_.push_back(std::move(done));
  } else if (method.ends_with("AdminService/Backup")) {
    auto response = std::make_unique<v1::BackupResponse>();
    response->set_file(caller.local ? "local" : "not local");
    done(std::move(response));
  } else {
    done(Fail(Code::kUnimplemented, std::string(method)));
  }
}

void GrpcDispatcher::Release() {
  std::vector<Done> released;
  {
    const std::lock_guard lock(mu_);
    released.swap(waiting_);
  }
  for (const Done& done : released) done(std::make_unique<v1::EndAlertResponse>());
}

std::size_t GrpcDispatcher::waiting() {
  const std::lock_guard lock(mu_);
  return waiting_.size();
}

Subscription GrpcLive::WatchProgress(const Caller&, const v1::WatchProgressRequest& request,
                                     Next next) {
  auto response = std::make_shared<v1::WatchProgressResponse>();
  response->mutable_progress()->set_alert_id(request.alert_id());
  next(std::shared_ptr<const v1::WatchProgressResponse>(std::move(response)));
  if (request.alert_id() == "gone") next(Fail(Code::kNotFound, "no such alert"));
  return {};
}

GrpcScene::GrpcScene() {
  hub_ = std::make_unique<Hub>(hub_config_, clock_);
  live_ = std::make_unique<GrpcLive>(*hub_);
}

GrpcScene::~GrpcScene() {
  dispatcher_.Release();
  if (server_) server_->Stop(std::chrono::seconds(0));
}

void GrpcScene::Start(GrpcServerConfig config) {
  hub_ = std::make_unique<Hub>(hub_config_, clock_);
  live_ = std::make_unique<GrpcLive>(*hub_);
  hub_->Replace({.log = {.log_id = kLog, .generation = 1},
                 .directory = MakeDirectory(SmallHospital(), 1),
                 .directory_sequence = 1,
                 .alerts = {},
                 .answers = {},
                 .applied = 1});
  config.port = 0;
  server_ = std::make_unique<GrpcServer>(std::move(config), dispatcher_, *live_);
  const auto port = server_->Start();
  ASSERT_TRUE(port) << port.error().message;
  port_ = *port;
}

std::shared_ptr<grpc::Channel> GrpcScene::Connect(int port) const {
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  arguments.SetInt(GRPC_ARG_ENABLE_RETRIES, 0);
  return grpc::CreateCustomChannel("127.0.0.1:" + std::to_string(port),
                                   grpc::InsecureChannelCredentials(), arguments);
}

void GrpcScene::Publish(const std::string& id, std::size_t headline) {
  v1::Alert alert = MakeAlert(id, ++sequence_, {});
  alert.set_headline(std::string(headline, 'x'));
  hub_->SetAlert(Stored(alert));
  hub_->Advance(sequence_);
}

Subscriber::Subscriber(const std::shared_ptr<grpc::Channel>& channel,
                       const std::string& endpoint_id)
    : stub(v1::EndpointService::NewStub(channel)) {
  v1::SubscribeRequest request;
  request.mutable_endpoint()->set_id(endpoint_id);
  reader = stub->Subscribe(&context, request);
}

Subscriber::~Subscriber() {
  context.TryCancel();
  if (!finished) reader->Finish();
}

std::optional<v1::SubscribeResponse> Subscriber::Next() {
  v1::SubscribeResponse message;
  while (reader->Read(&message)) {
    if (message.synced() || message.has_retry_after() || message.alerts_size() > 0 ||
        message.removed_size() > 0) {
      return message;
    }
  }
  return std::nullopt;
}

grpc::Status CallWithoutMessage(const std::shared_ptr<grpc::Channel>& channel,
                                const std::string& method) {
  grpc::GenericStub stub(channel);
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(30));
  grpc::CompletionQueue queue;
  auto call = stub.PrepareCall(&context, method, &queue);
  const auto wait = [&] {
    void* tag = nullptr;
    bool ok = false;
    queue.Next(&tag, &ok);
  };
  call->StartCall(nullptr);
  wait();
  call->WritesDone(nullptr);
  wait();
  grpc::Status status;
  call->Finish(&status, nullptr);
  wait();
  queue.Shutdown();
  return status;
}

RawAnswer CallRaw(const std::shared_ptr<grpc::Channel>& channel, const std::string& method,
                  const std::string& request) {
  grpc::GenericStub stub(channel);
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(30));
  grpc::CompletionQueue queue;
  auto call = stub.PrepareCall(&context, method, &queue);
  const auto wait = [&] {
    void* tag = nullptr;
    bool ok = false;
    return queue.Next(&tag, &ok) && ok;
  };
  RawAnswer answer;
  const grpc::Slice slice(request);
  const grpc::ByteBuffer sent(&slice, 1);
  grpc::ByteBuffer received;
  call->StartCall(nullptr);
  wait();
  call->Write(sent, nullptr);
  wait();
  call->Read(&received, nullptr);
  if (wait()) {
    std::vector<grpc::Slice> slices;
    received.Dump(&slices);
    for (const grpc::Slice& piece : slices)
      answer.message.append(reinterpret_cast<const char*>(piece.begin()), piece.size());
    context.TryCancel();
  }
  call->Finish(&answer.status, nullptr);
  wait();
  queue.Shutdown();
  return answer;
}

}  // namespace wardcast::testing
