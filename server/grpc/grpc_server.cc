#include "server/grpc/grpc_server.h"

#include <grpcpp/ext/proto_server_reflection_plugin.h>
#include <grpcpp/grpcpp.h>
#include <grpcpp/health_check_service_interface.h>
#include <grpcpp/security/server_credentials.h>
#include <grpcpp/security/tls_certificate_provider.h>
#include <grpcpp/security/tls_credentials_options.h>
#include <sys/stat.h>

#include <mutex>
#include <utility>
#include <vector>

#include "server/grpc/services.h"

namespace wardcast {
namespace {

// Health and reflection are switched on for the process, before any server is built.
void EnableCompanions() {
  static std::once_flag once;
  std::call_once(once, [] {
    grpc::EnableDefaultHealthCheckService(true);
    grpc::reflection::InitProtoReflectionServerBuilderPlugin();
  });
}

// The provider looks at the files by itself.
std::shared_ptr<grpc::ServerCredentials> CredentialsOf(const std::optional<GrpcTls>& tls) {
  if (!tls) return grpc::InsecureServerCredentials();
  const std::string server = tls->server.string();
  auto provider = std::make_shared<grpc::experimental::FileWatcherCertificateProvider>(
      server, server, tls->clients.string(), static_cast<unsigned int>(tls->look_every.count()));
  grpc::experimental::TlsServerCredentialsOptions options(std::move(provider));
  options.watch_identity_key_cert_pairs();
  options.watch_root_certs();
  options.set_cert_request_type(GRPC_SSL_REQUEST_CLIENT_CERTIFICATE_AND_VERIFY);
  return grpc::experimental::TlsServerCredentials(options);
}

// A unix socket's name must fit into what the kernel has for it.
constexpr std::size_t kMaxSocketPath = 107;

// Files made while this lives may be used by their owner only. The mask is the process's: used at
// start, when other threads make no files that others should read.
class OwnerOnly {
 public:
  OwnerOnly() : before_(umask(0177)) {}
  ~OwnerOnly() { umask(before_); }
  OwnerOnly(const OwnerOnly&) = delete;
  OwnerOnly& operator=(const OwnerOnly&) = delete;

 private:
  const mode_t before_;
};

}  // namespace

struct GrpcServer::Impl {
  GrpcServerConfig config;
  GrpcCounters counters = {};
  std::vector<std::unique_ptr<grpc::Service>> services = {};
  std::unique_ptr<NamedCalls> named = {};
  std::unique_ptr<grpc::Server> server = {};

  Result<int> ListenOnSocket(grpc::ServerBuilder& builder);
  Result<int> ListenOnPort(grpc::ServerBuilder& builder);
};

GrpcServer::GrpcServer(GrpcServerConfig config, Dispatcher& dispatcher, Live& live)
    : impl_(std::make_unique<Impl>(std::move(config))) {
  if (impl_->config.admin_socket.empty()) {
    impl_->services =
        MakeServices(dispatcher, live, impl_->counters, impl_->config.slow_after,
                     StationCheck(impl_->config.tls ? impl_->config.tls->gate : nullptr));
    impl_->named = MakeNamedCalls(dispatcher);
  } else {
    impl_->services = MakeAdminServices(dispatcher);
    impl_->named = MakeAdminNamedCalls(dispatcher);
  }
}

GrpcServer::~GrpcServer() { Stop(std::chrono::seconds(1)); }

Result<int> GrpcServer::Start() {
  EnableCompanions();
  grpc::ServerBuilder builder;
  for (const auto& service : impl_->services) builder.RegisterService(service.get());
  builder.RegisterCallbackGenericService(impl_->named.get());
  builder.SetMaxReceiveMessageSize(impl_->config.max_request_bytes);
  // A second broker on the same port must fail, not share it.
  builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIME_MS,
                             static_cast<int>(impl_->config.ping_every.count()));
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIMEOUT_MS,
                             static_cast<int>(impl_->config.ping_timeout.count()));
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_PERMIT_WITHOUT_CALLS, 1);
  builder.AddChannelArgument(GRPC_ARG_HTTP2_MIN_RECV_PING_INTERVAL_WITHOUT_DATA_MS, 10'000);
  // Lean. Not GRPC_ARG_MINIMAL_STACK: without the filters that it leaves out there is no limit on
  // the size of a message.
  builder.AddChannelArgument(GRPC_ARG_HTTP2_BDP_PROBE, 0);
  builder.AddChannelArgument(GRPC_ARG_ENABLE_CHANNELZ, 0);
  return impl_->config.admin_socket.empty() ? impl_->ListenOnPort(builder)
                                            : impl_->ListenOnSocket(builder);
}

Result<int> GrpcServer::Impl::ListenOnPort(grpc::ServerBuilder& builder) {
  const std::string address = config.host + ":" + std::to_string(config.port);
  int port = 0;
  builder.AddListeningPort(address, CredentialsOf(config.tls), &port);
  server = builder.BuildAndStart();
  if (!server || port == 0) {
    return Fail(
        Code::kUnavailable,
        "gRPC cannot listen on " + address +
            ": the port is in use or not allowed; stop what uses it, or choose another with "
            "--grpc-listen HOST:PORT (port 0 takes a free one)");
  }
  return port;
}

Result<int> GrpcServer::Impl::ListenOnSocket(grpc::ServerBuilder& builder) {
  const std::string path = std::filesystem::absolute(config.admin_socket).string();
  if (path.size() > kMaxSocketPath) {
    return Fail(Code::kUnavailable, "the path of the administrator's socket is longer than " +
                                        std::to_string(kMaxSocketPath) + " bytes: " + path +
                                        "; choose a shorter --data-dir");
  }
  int bound = 0;
  builder.AddListeningPort("unix:" + path, grpc::InsecureServerCredentials(), &bound);
  {
    const OwnerOnly owner_only;
    server = builder.BuildAndStart();
  }
  if (!server || bound == 0) {
    return Fail(Code::kUnavailable, "the administrator's socket cannot be made: " + path +
                                        "; the folder must be writable");
  }
  return 0;
}

void GrpcServer::Drain() {
  if (impl_->server) impl_->server->GetHealthCheckService()->Shutdown();
}

void GrpcServer::Stop(std::chrono::milliseconds deadline) {
  if (!impl_->server) return;
  impl_->server->Shutdown(std::chrono::system_clock::now() + deadline);
  impl_->server->Wait();
  impl_->server.reset();
}

GrpcCounts GrpcServer::Counts() const {
  const GrpcCounters& counters = impl_->counters;
  return {.streams = counters.streams,
          .accepted = counters.accepted,
          .refused_streams = counters.refused,
          .too_slow = counters.too_slow};
}

}  // namespace wardcast
