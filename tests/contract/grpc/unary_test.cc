// What is promised to callers of unary methods over gRPC, and to those who look after the door.
#include <google/protobuf/descriptor.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <thread>

#include "tests/contract/grpc/grpc_scene.h"

namespace wardcast::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;
using namespace std::chrono_literals;

class UnaryTest : public GrpcScene {};

grpc::Status WhoAmI(const std::shared_ptr<grpc::Channel>& channel, const std::string& header,
                    v1::WhoAmIResponse* response) {
  grpc::ClientContext context;
  if (!header.empty()) context.AddMetadata("authorization", header);
  return v1::AccessService::NewStub(channel)->WhoAmI(&context, {}, response);
}

TEST_F(UnaryTest, TheTokenComesFromTheMetadata) {
  Start();
  v1::WhoAmIResponse response;
  EXPECT_TRUE(WhoAmI(Connect(), "Bearer secret", &response).ok());
  EXPECT_THAT(response.caller(), StartsWith("secret at ipv4:127.0.0.1:"));
  for (const std::string header : {"", "secret", "Basic secret", "bearer secret"}) {
    EXPECT_EQ(WhoAmI(Connect(), header, &response).error_code(), grpc::StatusCode::UNAUTHENTICATED)
        << header;
  }
}

TEST_F(UnaryTest, AnErrorNamesTheFields) {
  Start();
  grpc::ClientContext context;
  v1::ListAlertsResponse response;
  const grpc::Status status =
      v1::AlertService::NewStub(Connect())->ListAlerts(&context, {}, &response);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_THAT(status.error_message(), HasSubstr("page_size"));
  EXPECT_THAT(status.error_details(), HasSubstr("wardcast.v1.FieldViolation"));
  EXPECT_THAT(status.error_details(), HasSubstr("page_token"));
}

TEST_F(UnaryTest, ABusyBrokerSaysWhenToTryAgain) {
  Start();
  grpc::ClientContext context;
  v1::PublishAlertResponse response;
  const grpc::Status status =
      v1::AlertService::NewStub(Connect())->PublishAlert(&context, {}, &response);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED);
  const auto& trailers = context.GetServerTrailingMetadata();
  const auto pushback = trailers.find("grpc-retry-pushback-ms");
  ASSERT_NE(pushback, trailers.end());
  EXPECT_EQ(pushback->second, "1500");
}

TEST_F(UnaryTest, ARequestOverTheLimitIsRefused) {
  Start({.max_request_bytes = 64 << 10});
  const auto stub = v1::AlertService::NewStub(Connect());
  v1::GetAlertRequest request;
  v1::GetAlertResponse response;
  request.set_alert_id(std::string(60 << 10, 'x'));
  grpc::ClientContext fits;
  EXPECT_TRUE(stub->GetAlert(&fits, request, &response).ok());
  request.set_alert_id(std::string(1 << 20, 'x'));
  grpc::ClientContext too_large;
  EXPECT_EQ(stub->GetAlert(&too_large, request, &response).error_code(),
            grpc::StatusCode::RESOURCE_EXHAUSTED);
}

TEST_F(UnaryTest, ALargeAnswerArrivesWhole) {
  Start({.max_request_bytes = 4 << 20});
  v1::GetAlertRequest request;
  v1::GetAlertResponse response;
  for (std::size_t i = 0; i < 1'000'000; ++i)
    request.mutable_alert_id()->push_back(static_cast<char>('a' + i % 26));
  grpc::ClientContext context;
  ASSERT_TRUE(v1::AlertService::NewStub(Connect())->GetAlert(&context, request, &response).ok());
  EXPECT_EQ(response.alert().id(), request.alert_id());
}

TEST_F(UnaryTest, ACallWithoutAMessageIsRefused) {
  Start();
  for (const char* method :
       {"/wardcast.v1.AlertService/GetAlert", "/wardcast.v1.SystemService/GetVersion"}) {
    EXPECT_EQ(CallWithoutMessage(Connect(), method).error_code(),
              grpc::StatusCode::INVALID_ARGUMENT)
        << method;
  }
}

TEST_F(UnaryTest, WhatIsNoMessageIsRefusedAndTheConnectionServesOn) {
  Start();
  const auto channel = Connect();
  const std::string rubbish(100, '\xff');
  EXPECT_FALSE(CallRaw(channel, "/wardcast.v1.AlertService/GetAlert", rubbish).status.ok());
  EXPECT_EQ(CallRaw(channel, "/wardcast.v1.EndpointService/Subscribe", rubbish).status.error_code(),
            grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_EQ(CallRaw(channel, "/wardcast.v1.AlertService/NoSuchMethod", "").status.error_code(),
            grpc::StatusCode::UNIMPLEMENTED);
  v1::WhoAmIResponse response;
  EXPECT_TRUE(WhoAmI(channel, "Bearer secret", &response).ok());
}

// Named bug: a new method had a rule and a handler, and gRPC did not know it.
TEST_F(UnaryTest, EveryMethodOfTheContractIsServed) {
  Start();
  const auto channel = Connect();
  for (const char* name : {"AccessService", "AlertService", "AuditService", "CatalogueService",
                           "DirectoryService", "EndpointService", "SystemService"}) {
    const auto* service = google::protobuf::DescriptorPool::generated_pool()->FindServiceByName(
        std::string("wardcast.v1.") + name);
    ASSERT_NE(service, nullptr) << name;
    for (int i = 0; i < service->method_count(); ++i) {
      const auto& method = *service->method(i);
      // Browsers enrol over HTTP; EndAlert waits here for another test.
      if (method.server_streaming() || method.name() == "EnrollBrowser" ||
          method.name() == "EndAlert")
        continue;
      const std::string path = "/" + service->full_name() + "/" + method.name();
      const grpc::Status status = CallRaw(channel, path, "").status;
      // What is not served gRPC refuses without a word; the dispatcher names what it does not know.
      EXPECT_FALSE(status.error_code() == grpc::StatusCode::UNIMPLEMENTED &&
                   status.error_message().empty())
          << path;
    }
  }
}

TEST_F(UnaryTest, HealthAndReflectionAreThere) {
  Start();
  // HealthCheckResponse {status = 1}: 1 SERVING, 2 NOT_SERVING.
  EXPECT_EQ(CallRaw(Connect(), "/grpc.health.v1.Health/Check", "").message, "\x08\x01");
  // ServerReflectionRequest {list_services = 7}.
  const std::string services =
      CallRaw(Connect(), "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo",
              std::string("\x3a\x00", 2))
          .message;
  EXPECT_THAT(services, HasSubstr("wardcast.v1.AlertService"));
  EXPECT_THAT(services, HasSubstr("wardcast.v1.EndpointService"));
  EXPECT_THAT(services, ::testing::Not(HasSubstr("AdminService")));
  server_->Drain();
  EXPECT_EQ(CallRaw(Connect(), "/grpc.health.v1.Health/Check", "").message, "\x08\x02");
}

TEST_F(UnaryTest, CallsThatAreUnderWayAreAnsweredWhenItStops) {
  Start();
  const auto channel = Connect();
  grpc::Status answer;
  std::jthread call([&] {
    grpc::ClientContext context;
    v1::EndAlertResponse response;
    answer = v1::AlertService::NewStub(channel)->EndAlert(&context, {}, &response);
  });
  ASSERT_TRUE(ComesTrue([&] { return dispatcher_.waiting() == 1; }));
  std::jthread stopping([&] { server_->Stop(20s); });
  // New ones are refused from then on.
  EXPECT_TRUE(ComesTrue([&] {
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + 5s);
    v1::GetAlertResponse response;
    return v1::AlertService::NewStub(Connect())->GetAlert(&context, {}, &response).error_code() ==
           grpc::StatusCode::UNAVAILABLE;
  }));
  dispatcher_.Release();
  call.join();
  EXPECT_TRUE(answer.ok());
}

TEST_F(UnaryTest, APortThatIsTakenIsSaid) {
  Start();
  GrpcServer second({.port = port_}, dispatcher_, *live_);
  const auto started = second.Start();
  ASSERT_FALSE(started);
  EXPECT_EQ(started.error().code, Code::kUnavailable);
  EXPECT_THAT(started.error().message, HasSubstr("--grpc-listen"));
}

class AdminSocketTest : public GrpcScene {
 protected:
  AdminSocketTest()
      : folder_(std::filesystem::temp_directory_path() /
                ("wardcast-admin-" + std::to_string(getpid()))) {
    std::filesystem::create_directories(folder_);
  }
  ~AdminSocketTest() override { std::filesystem::remove_all(folder_); }
  std::shared_ptr<grpc::Channel> ConnectToSocket() const {
    return grpc::CreateChannel("unix:" + (folder_ / "admin.sock").string(),
                               grpc::InsecureChannelCredentials());
  }
  const std::filesystem::path folder_;
};

TEST_F(AdminSocketTest, ServesTheAdministratorOnlyAndOnlyThere) {
  Start();
  grpc::ClientContext over_network;
  v1::BackupResponse response;
  EXPECT_EQ(v1::AdminService::NewStub(Connect())->Backup(&over_network, {}, &response).error_code(),
            grpc::StatusCode::UNIMPLEMENTED);

  GrpcServer admin({.admin_socket = folder_ / "admin.sock"}, dispatcher_, *live_);
  ASSERT_TRUE(admin.Start());
  struct stat status{};
  ASSERT_EQ(stat((folder_ / "admin.sock").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600U);
  grpc::ClientContext over_socket;
  EXPECT_TRUE(
      v1::AdminService::NewStub(ConnectToSocket())->Backup(&over_socket, {}, &response).ok());
  EXPECT_EQ(response.file(), "local");
  grpc::ClientContext other_service;
  v1::GetAlertResponse alert;
  EXPECT_EQ(v1::AlertService::NewStub(ConnectToSocket())
                ->GetAlert(&other_service, {}, &alert)
                .error_code(),
            grpc::StatusCode::UNIMPLEMENTED);
}

TEST_F(AdminSocketTest, OneThatWasLeftBehindIsReplaced) {
  Start();
  const std::filesystem::path path = folder_ / "admin.sock";
  {
    GrpcServer first({.admin_socket = path}, dispatcher_, *live_);
    ASSERT_TRUE(first.Start());
    std::filesystem::create_hard_link(path, folder_ / "left");
  }
  if (!std::filesystem::exists(path)) std::filesystem::rename(folder_ / "left", path);
  GrpcServer second({.admin_socket = path}, dispatcher_, *live_);
  EXPECT_TRUE(second.Start());
}

TEST_F(AdminSocketTest, APathThatIsTooLongIsSaid) {
  Start();
  GrpcServer admin({.admin_socket = folder_ / std::string(120, 'x')}, dispatcher_, *live_);
  const auto started = admin.Start();
  ASSERT_FALSE(started);
  EXPECT_THAT(started.error().message, HasSubstr("--data-dir"));
}

}  // namespace
}  // namespace wardcast::testing
