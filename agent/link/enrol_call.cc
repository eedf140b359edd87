#include "agent/link/enrol_call.h"

#include <grpcpp/grpcpp.h>

#include <memory>
#include <utility>

#include "agent/link/credentials.h"
#include "agent/link/grpc_status.h"
#include "wardcast/v1/endpoint_service.grpc.pb.h"

namespace wardcast::agent {
namespace {

std::unique_ptr<v1::EndpointService::Stub> StubOf(const std::string& broker, const ClientTls& tls) {
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  arguments.SetInt(GRPC_ARG_ENABLE_HTTP_PROXY, 0);
  return v1::EndpointService::NewStub(grpc::CreateCustomChannel(
      broker, CredentialsOf(ClientTls{.authority = tls.authority}), arguments));
}

template <class Response, class Call>
Result<v1::Credential> CredentialFrom(std::chrono::milliseconds deadline, Call call) {
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + deadline);
  Response response;
  if (const grpc::Status status = call(&context, &response); !status.ok())
    return std::unexpected(ToError(status));
  return std::move(*response.mutable_credential());
}

}  // namespace

Result<v1::Credential> EnrolAt(const std::string& broker, const ClientTls& tls,
                               const v1::EnrollRequest& request,
                               std::chrono::milliseconds deadline) {
  const auto stub = StubOf(broker, tls);
  return CredentialFrom<v1::EnrollResponse>(deadline, [&](auto* context, auto* response) {
    return stub->Enroll(context, request, response);
  });
}

Result<v1::Credential> RenewAt(const std::string& broker, const ClientTls& tls,
                               const v1::RenewRequest& request,
                               std::chrono::milliseconds deadline) {
  const auto stub = StubOf(broker, tls);
  return CredentialFrom<v1::RenewResponse>(deadline, [&](auto* context, auto* response) {
    return stub->Renew(context, request, response);
  });
}

}  // namespace wardcast::agent
