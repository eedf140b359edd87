#include "server/http/service.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <exception>
#include <utility>
#include <vector>

#include "base/log.h"
#include "server/http/listener.h"
#include "server/http/lws_log.h"

namespace wardcast {
namespace {

constexpr lws_usec_t kTickMicroseconds = 500'000;
constexpr std::chrono::milliseconds kStopLimit{2'000};

// What is kept in libwebsockets' pointer per connection: which of ours it is.
void* ToOpaque(ConnectionId id) { return reinterpret_cast<void*>(static_cast<std::uintptr_t>(id)); }
ConnectionId ToId(lws* wsi) {
  return reinterpret_cast<std::uintptr_t>(lws_get_opaque_user_data(wsi));
}

}  // namespace

void CallBackSoon(lws* wsi) { lws_set_timer_usecs(wsi, 1); }

Service::Service(const HttpConfig& config, Dispatcher& dispatcher, Live& live,
                 const HttpPages& pages)
    : door_{.config = config,
            .scheme = config.tls_file.empty() ? Scheme::kHttp : Scheme::kHttps,
            .dispatcher = dispatcher,
            .live = live,
            .pages = pages,
            .site = StaticSite(config.web_dir),
            .mailbox = std::make_shared<Mailbox>(),
            .scratch = {},
            .deliveries = DeliveryText(LWS_PRE)},
      tls_(config.tls_file) {}

Service::~Service() {
  door_.mailbox->Close();
  context_.reset();  // closes every connection, which takes it out of our tables
  if (spare_fd_ >= 0) close(spare_fd_);
}

Result<int> Service::Open() {
  const auto listening = Listen(door_.config.host, door_.config.port);
  if (!listening) return std::unexpected(listening.error());
  listening_fd_ = listening->fd;
  if (auto created = CreateContext(); !created) {
    close(listening_fd_);
    return std::unexpected(created.error());
  }
  lws_sock_file_fd_type descriptor{};
  descriptor.filefd = listening_fd_;
  listening_ =
      lws_adopt_descriptor_vhost(host_, LWS_ADOPT_RAW_FILE_DESC, descriptor, nullptr, nullptr);
  if (listening_ == nullptr)
    return Fail(Code::kInternal, "libwebsockets did not take the listening socket");
  spare_fd_ = open("/dev/null", O_RDONLY | O_CLOEXEC);
  door_.mailbox->Open(context_.get());
  return listening->port;
}

Result<void> Service::CreateContext() {
  RouteLwsLog();
  // One frame is one send(), whatever its size.
  static constexpr std::size_t kSendAtOnce = 8u << 20;
  static const std::array<lws_protocols, 2> kProtocols{
      {{"http", &Service::OnEvent, 0, 0, 0, nullptr, kSendAtOnce},
       {nullptr, nullptr, 0, 0, 0, nullptr, 0}}};
  // Pings are ours, from one tick for all: a timer per connection is kept in a sorted list there,
  // and costs more with each connection.
  static const lws_retry_bo_t kNoPings{};

  lws_context_creation_info info{};
  info.port = CONTEXT_PORT_NO_LISTEN;
  info.options = LWS_SERVER_OPTION_EXPLICIT_VHOSTS | LWS_SERVER_OPTION_SKIP_SERVER_CANONICAL_NAME;
  info.gid = static_cast<gid_t>(-1);
  info.uid = static_cast<uid_t>(-1);
  info.user = this;
  tls_.Prepare(info);
  info.pt_serv_buf_size = 64 * 1024;
  info.alpn = "http/1.1";  // Debian's build would offer h2
  info.retry_and_idle_policy = &kNoPings;
  context_.reset(lws_create_context(&info));
  if (!context_) return Fail(Code::kInternal, "libwebsockets could not start");

  info.port = CONTEXT_PORT_NO_LISTEN_SERVER;
  info.vhost_name = "http";
  info.protocols = kProtocols.data();
  tls_.Describe(info);
  host_ = lws_create_vhost(context_.get(), &info);
  if (host_ == nullptr) return Fail(Code::kInternal, "libwebsockets could not start");
  if (auto loaded = tls_.Load(); !loaded) return loaded;
  return {};
}

void Service::Run() {
  tick_.service = this;
  lws_sul_schedule(context_.get(), 0, &tick_.timer, &Service::OnTickEvent, kTickMicroseconds);
  while (!stop_ && lws_service(context_.get(), 0) >= 0) {
  }
  if (!stop_) SPDLOG_ERROR("libwebsockets gave up: HTTP is no longer served; restart the broker");
  door_.mailbox->Close();
  lws_sul_schedule(context_.get(), 0, &tick_.timer, &Service::OnTickEvent,
                   LWS_SET_TIMER_USEC_CANCEL);
  context_.reset();
  SetAllClosed();  // also when libwebsockets gave up
}

void Service::ReloadCertificate() {
  door_.mailbox->Post([](Service* service) {
    if (auto loaded = service->tls_.Load(); !loaded)
      SPDLOG_ERROR("HTTPS goes on with the certificate that it had: {}",
                   LogSafe(loaded.error().message));
  });
}

void Service::Drain(std::chrono::milliseconds retry_after) {
  door_.mailbox->Post([retry_after](Service* service) { service->BeginDrain(retry_after); });
}

void Service::Stop() {
  door_.mailbox->Post([](Service* service) { service->BeginStop(); });
  {
    const auto until = std::chrono::steady_clock::now() + kStopLimit;
    const MutexLock lock(mu_);
    while (!all_closed_) {
      const auto left =
          std::chrono::ceil<std::chrono::milliseconds>(until - std::chrono::steady_clock::now());
      if (left.count() <= 0 || !closed_.WaitFor(mu_, left)) break;
    }
  }
  stop_ = true;
  door_.mailbox->Post([](Service*) {});
}

HttpCounts Service::Counts() const {
  return {.connections = door_.connections,
          .sockets = door_.sockets,
          .requests = door_.requests,
          .refused_connections = door_.refused,
          .too_slow = door_.too_slow};
}

HttpConnection* Service::FindConnection(ConnectionId id) {
  const auto found = connections_.find(id);
  return found == connections_.end() ? nullptr : found->second.get();
}

LiveSocket* Service::FindSocket(ConnectionId id) {
  const auto found = sockets_.find(id);
  return found == sockets_.end() ? nullptr : found->second.get();
}

// The trampolines. Nothing that is thrown may reach libwebsockets; what throws (memory is out)
// costs that connection.
int Service::OnEvent(lws* wsi, lws_callback_reasons reason, void* user, void* in,
                     size_t size) noexcept {
  auto* service = static_cast<Service*>(lws_context_user(lws_get_context(wsi)));
  try {
    return service->Handle(wsi, reason, user,
                           {static_cast<const char*>(in), in == nullptr ? 0 : size})
               ? 0
               : -1;
  } catch (const std::exception& error) {
    SPDLOG_ERROR("http connection closed: {}", LogSafe(error.what()));
    return -1;
  }
}

void Service::OnTickEvent(lws_sorted_usec_list_t* timer) noexcept {
  Service* service = reinterpret_cast<Tick*>(timer)->service;
  try {
    service->TickAll();
  } catch (const std::exception& error) {
    SPDLOG_ERROR("http tick: {}", LogSafe(error.what()));
  }
  lws_sul_schedule(service->context_.get(), 0, timer, &Service::OnTickEvent, kTickMicroseconds);
}

bool Service::Handle(lws* wsi, lws_callback_reasons reason, void* user, std::string_view data) {
  switch (static_cast<int>(reason)) {
    case LWS_CALLBACK_RAW_RX_FILE:
      AcceptAll();
      return true;
    case LWS_CALLBACK_EVENT_WAIT_CANCELLED:
      ReadMail();
      return true;
    case LWS_CALLBACK_RAW_ADOPT:
      if (HttpConnection* connection = FindConnection(ToId(wsi))) connection->Attach(wsi);
      return true;
    case LWS_CALLBACK_OPENSSL_LOAD_EXTRA_SERVER_VERIFY_CERTS:
      tls_.Take(user);
      return true;
    case LWS_CALLBACK_RAW_RX:
      return OnReadable(wsi, data);
    case LWS_CALLBACK_RAW_WRITEABLE:
      return OnWriteable(ToId(wsi));
    case LWS_CALLBACK_TIMER:
      return OnTimer(wsi);
    case LWS_CALLBACK_WSI_DESTROY:
      OnGone(ToId(wsi));
      return true;
    default:
      return true;
  }
}

bool Service::OnReadable(lws* wsi, std::string_view data) {
  const ConnectionId id = ToId(wsi);
  if (LiveSocket* socket = FindSocket(id)) return socket->OnReadable(data);
  HttpConnection* connection = FindConnection(id);
  return connection != nullptr && connection->OnReadable(data) && GoOnAsSocket(id, wsi);
}

bool Service::OnWriteable(ConnectionId id) {
  if (LiveSocket* socket = FindSocket(id)) return socket->OnWriteable();
  HttpConnection* connection = FindConnection(id);
  return connection != nullptr && connection->OnWriteable();
}

bool Service::OnTimer(lws* wsi) {
  const ConnectionId id = ToId(wsi);
  if (LiveSocket* socket = FindSocket(id)) return socket->OnTimer();
  HttpConnection* connection = FindConnection(id);
  return connection == nullptr || (connection->OnTimer() && GoOnAsSocket(id, wsi));
}

void Service::OnGone(ConnectionId id) {
  const std::size_t sockets = sockets_.erase(id);
  door_.sockets -= sockets;
  if (sockets + connections_.erase(id) > 0) --door_.connections;
  CheckAllClosed();
}

bool Service::GoOnAsSocket(ConnectionId id, lws* wsi) {
  const auto found = connections_.find(id);
  const std::optional<std::string> ahead = found->second->TakeUpgrade();
  if (!ahead) return true;
  auto socket =
      std::make_unique<LiveSocket>(door_, id, found->second->peer(), found->second->cookies(), wsi);
  connections_.erase(found);
  ++door_.sockets;
  return sockets_.emplace(id, std::move(socket)).first->second->OnReadable(*ahead);
}

void Service::AcceptAll() {
  constexpr int kAtOnce = 64;  // then the others have their turn
  for (int i = 0; i < kAtOnce; ++i) {
    Accepted accepted = Accept(listening_fd_);
    if (accepted.fd >= 0) {
      Adopt(accepted.fd, std::move(accepted.peer));
      continue;
    }
    if (errno != EMFILE && errno != ENFILE) return;
    // No descriptor is left: without this, the waiting client would keep us busy. It is accepted
    // with the spare one and turned away.
    close(std::exchange(spare_fd_, -1));
    if (const Accepted surplus = Accept(listening_fd_); surplus.fd >= 0) close(surplus.fd);
    spare_fd_ = open("/dev/null", O_RDONLY | O_CLOEXEC);
    ++door_.refused;
    return;
  }
}

void Service::Adopt(int fd, std::string peer) {
  if (stopping_ || door_.connections >= door_.config.max_connections) {
    static constexpr std::string_view kFull =
        "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 5\r\nContent-Length: 0\r\nConnection: "
        "close\r\n\r\n";
    (void)!send(fd, kFull.data(), kFull.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    close(fd);
    ++door_.refused;
    return;
  }
  const ConnectionId id = ++last_id_;
  connections_.emplace(id, std::make_unique<HttpConnection>(door_, id, std::move(peer)));
  ++door_.connections;
  lws_adopt_desc_t adoption{};
  adoption.vh = host_;
  adoption.type = tls_.Adoption();
  adoption.fd.sockfd = fd;
  adoption.vh_prot_name = "http";
  adoption.opaque = ToOpaque(id);
  if (lws_adopt_descriptor_vhost_via_info(&adoption) == nullptr && connections_.erase(id) > 0)
    --door_.connections;
}

void Service::ReadMail() {
  Mailbox::Mail mail = door_.mailbox->TakeAll();
  for (const ConnectionId id : mail.wakes) {
    if (LiveSocket* socket = FindSocket(id)) socket->OnWake();
  }
  for (Mailbox::Letter& letter : mail.letters) letter(this);
}

// Neither destroys a connection: closing happens in libwebsockets' own callbacks.
void Service::TickAll() {
  const Instant now = std::chrono::steady_clock::now();
  for (auto& [id, connection] : connections_) connection->OnTick(now);
  for (auto& [id, socket] : sockets_) socket->OnTick(now);
}

void Service::BeginDrain(std::chrono::milliseconds retry_after) {
  door_.draining = true;
  door_.retry_after = retry_after;
  for (auto& [id, socket] : sockets_) socket->OnDrain();
}

void Service::BeginStop() {
  stopping_ = true;
  door_.draining = true;
  if (listening_ != nullptr)
    lws_set_timeout(std::exchange(listening_, nullptr), PENDING_TIMEOUT_USER_OK, LWS_TO_KILL_ASYNC);
  for (auto& [id, connection] : connections_) connection->OnStop();
  for (auto& [id, socket] : sockets_) socket->OnStop();
  CheckAllClosed();
}

void Service::CheckAllClosed() {
  if (stopping_ && connections_.empty() && sockets_.empty()) SetAllClosed();
}

void Service::SetAllClosed() {
  const MutexLock lock(mu_);
  all_closed_ = true;
  closed_.NotifyAll();
}

}  // namespace wardcast
