// A real server on a free port, with a real hub behind it and a dispatcher that does as the test
// says.
#pragma once

#include <gmock/gmock.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "server/feed/hub.h"
#include "server/grpc/grpc_server.h"
#include "tests/fixtures/hospital.h"
#include "wardcast/v1/access_service.grpc.pb.h"
#include "wardcast/v1/admin_service.grpc.pb.h"
#include "wardcast/v1/alert_service.grpc.pb.h"
#include "wardcast/v1/endpoint_service.grpc.pb.h"

namespace wardcast::testing {

// True once `condition` holds, within half a minute.
bool ComesTrue(const std::function<bool()>& condition);

// WhoAmI answers with the token and the peer; GetAlert echoes the id; ListAlerts is refused with
// two violations; PublishAlert is refused because too much is waiting; EndAlert waits until
// Release(); Backup answers whether the call came over the administrator's socket.
class GrpcDispatcher final : public Dispatcher {
 public:
  std::unique_ptr<google::protobuf::Message> NewRequest(std::string_view) const override {
    return nullptr;
  }
  void Call(std::string_view method, const Caller& caller,
            std::unique_ptr<google::protobuf::Message> request, Done done) override;

  void Release();
  std::size_t waiting();

 private:
  std::mutex mu_;
  std::vector<Done> waiting_;
};

class GrpcLive final : public Live {
 public:
  explicit GrpcLive(Hub& hub) : hub_(hub) {}
  Result<std::shared_ptr<Session>> Subscribe(const Caller&, const v1::SubscribeRequest& request,
                                             std::function<void()> wake) override {
    return hub_.Open(request, std::move(wake));
  }
  // Two messages, then kNotFound.
  Subscription WatchProgress(const Caller& caller, const v1::WatchProgressRequest& request,
                             Next next) override;

 private:
  Hub& hub_;
};

class GrpcScene : public ::testing::Test {
 protected:
  GrpcScene();
  ~GrpcScene() override;

  void Start(GrpcServerConfig config = {});
  // A connection of its own.
  std::shared_ptr<grpc::Channel> Connect(int port) const;
  std::shared_ptr<grpc::Channel> Connect() const { return Connect(port_); }
  void Publish(const std::string& id, std::size_t headline = 10);

  SystemClock clock_;
  HubConfig hub_config_;
  std::unique_ptr<Hub> hub_;
  GrpcDispatcher dispatcher_;
  std::unique_ptr<GrpcLive> live_;
  std::unique_ptr<GrpcServer> server_;
  int port_ = 0;
  Sequence sequence_ = 1;
};

// One subscription through the stub, read in the test's thread.
struct Subscriber {
  Subscriber(const std::shared_ptr<grpc::Channel>& channel, const std::string& endpoint_id);
  ~Subscriber();
  // The next message that is not a heartbeat; nullopt: the stream ended.
  std::optional<v1::SubscribeResponse> Next();

  std::unique_ptr<v1::EndpointService::Stub> stub;
  grpc::ClientContext context;
  std::unique_ptr<grpc::ClientReader<v1::SubscribeResponse>> reader;
  bool finished = false;
};

// A call without any generated code: writes `request`, reads one answer if there is one.
struct RawAnswer {
  grpc::Status status;  // of a stream that was cut after its first answer: CANCELLED
  std::string message;
};
RawAnswer CallRaw(const std::shared_ptr<grpc::Channel>& channel, const std::string& method,
                  const std::string& request);
// Begins the call and closes its own side at once; how the server ends it.
grpc::Status CallWithoutMessage(const std::shared_ptr<grpc::Channel>& channel,
                                const std::string& method);

}  // namespace wardcast::testing
