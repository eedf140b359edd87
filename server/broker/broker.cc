#include "server/broker/broker.h"

#include <unistd.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>

#include "base/clock.h"
#include "base/file.h"
#include "base/log.h"
#include "base/ulid.h"
#include "server/access/admin_token.h"
#include "server/access/authenticator.h"
#include "server/access/signing_key.h"
#include "server/api/api.h"
#include "server/api/expiry.h"
#include "server/broker/health.h"
#include "server/broker/metrics.h"
#include "server/bus/bus.h"
#include "server/feed/feed.h"
#include "server/feed/hub.h"
#include "server/grpc/grpc_server.h"
#include "server/http/http_server.h"
#include "server/journal/journal.h"
#include "server/store/open_store.h"

namespace wardcast {
namespace {

// Calls that are in flight when the broker stops have so long to be answered.
constexpr std::chrono::seconds kLastCalls{2};

// The built console: configured, installed beside the program, or in the checkout that the program
// was built in.
std::filesystem::path FindWebDir(const std::filesystem::path& configured) {
  if (!configured.empty()) return configured;
  std::error_code error;
  const std::filesystem::path bin =
      std::filesystem::read_symlink("/proc/self/exe", error).parent_path();
  for (const char* relative : {"../share/wardcast/web", "../../../web/dist"}) {
    const std::filesystem::path candidate = (bin / relative).lexically_normal();
    if (std::filesystem::exists(candidate / "index.html", error)) return candidate;
  }
  return {};
}

Result<std::unique_ptr<Bus>> MakeBus(const Config& config, const std::string& log_id) {
  if (!config.uses_redis()) return MakeInProcessBus();
  RedisBusConfig redis{.host = config.redis_host,
                       .port = config.redis_port,
                       .unix_socket = config.redis_unix_socket,
                       .username = config.redis_username,
                       .password = {},
                       .log_id = log_id};
  if (!config.redis_password_file.empty()) {
    auto password = ReadFile(config.redis_password_file, 4096);
    if (!password) return std::unexpected(password.error());
    redis.password = password->substr(0, password->find_first_of("\r\n"));
  }
  return MakeRedisBus(std::move(redis));
}

}  // namespace

// In the order of construction; destroyed in the reverse order.
struct Broker::Parts {
  Config config;
  std::string version;
  SystemClock clock;
  std::unique_ptr<Store> store;
  std::optional<SigningKey> signing_key;
  std::unique_ptr<Bus> bus;
  std::optional<Hub> hub;
  std::optional<Feed> feed;
  std::optional<Journal> journal;
  std::optional<Authenticator> authenticator;
  std::optional<Health> health;
  std::optional<Api> api;
  std::optional<Metrics> metrics;
  std::optional<Expiry> expiry;
  std::optional<GrpcServer> grpc;
  std::optional<HttpServer> http;
  int grpc_port = 0;
  int http_port = 0;
  bool running = false;

  Result<void> OpenDoors();
  Result<void> WriteListening() const;
};

Broker::Broker(Config config, std::string version) : parts_(std::make_unique<Parts>()) {
  parts_->config = std::move(config);
  parts_->version = std::move(version);
}

Broker::~Broker() { Stop(); }

int Broker::grpc_port() const { return parts_->grpc_port; }
int Broker::http_port() const { return parts_->http_port; }

Result<void> Broker::Start() {
  Parts& p = *parts_;
  const TimePoint now = p.clock.Now();

  auto store = OpenStore({.data_dir = p.config.data_dir, .postgresql = p.config.postgresql}, now);
  if (!store) return std::unexpected(store.error());
  p.store = std::move(*store);
  const LogIdentity& identity = p.store->identity();

  auto key = EnsureSigningKey(*p.store, p.config.data_dir);
  if (!key) return std::unexpected(key.error());
  p.signing_key.emplace(std::move(*key));
  auto token = EnsureAdminToken(*p.store, p.config.data_dir, now);
  if (!token) return std::unexpected(token.error());

  auto bus = MakeBus(p.config, identity.log_id);
  if (!bus) return std::unexpected(bus.error());
  p.bus = std::move(*bus);

  p.hub.emplace(HubConfig{}, p.clock);
  p.feed.emplace(FeedConfig{}, *p.store, *p.bus, *p.hub, p.clock);
  if (auto started = p.feed->Start(); !started) return started;
  JournalConfig journal;
  journal.broker_id = NewUlid(now);
  p.journal.emplace(std::move(journal), *p.store, *p.bus, p.clock);

  p.authenticator.emplace(*p.store, p.clock);
  p.health.emplace(*p.bus, *p.feed);
  p.api.emplace(ApiParts{.store = *p.store,
                         .bus = *p.bus,
                         .hub = *p.hub,
                         .journal = *p.journal,
                         .authenticator = *p.authenticator,
                         .health = *p.health,
                         .signing_key = *p.signing_key,
                         .clock = p.clock,
                         .version = p.version});
  p.metrics.emplace(*p.health, *p.hub, p.api->methods(), p.api->work(), p.version);
  p.expiry.emplace(p.api->alerts(), *p.hub, p.clock);

  if (auto opened = p.OpenDoors(); !opened) return opened;
  if (auto written = p.WriteListening(); !written) return written;
  p.running = true;
  SPDLOG_INFO(
      "ready: log {} generation {} at entry {}, gRPC on port {}, http://localhost:{}/, token in {}",
      identity.log_id, identity.generation, p.hub->applied(), p.grpc_port, p.http_port,
      token->string());
  return {};
}

Result<void> Broker::Parts::OpenDoors() {
  grpc.emplace(GrpcServerConfig{.host = config.grpc_listen.host, .port = config.grpc_listen.port},
               api->methods(), api->live());
  auto grpc_started = grpc->Start();
  if (!grpc_started) return std::unexpected(grpc_started.error());
  grpc_port = *grpc_started;

  const std::filesystem::path web_dir = FindWebDir(config.web_dir);
  if (web_dir.empty()) SPDLOG_WARN("no built console was found; set http.web_dir, or build web/");
  HttpPages pages;
  // A broker whose bus is gone still serves, so it is up; whether it is well is for readyz and the
  // RPC.
  pages.healthz = [] { return HttpPage{200, "ok\n"}; };
  pages.readyz = [this] {
    std::string text;
    bool ok = !health->draining();
    if (!ok) text += "draining\n";
    for (const PartState& state : health->Parts()) {
      ok = ok && state.ok;
      text += state.part + ": " + (state.ok ? "ok" : state.detail) + "\n";
    }
    return HttpPage{ok ? 200 : 503, text};
  };
  pages.metrics = [this] { return HttpPage{200, metrics->Render()}; };
  http.emplace(
      HttpConfig{
          .host = config.http_listen.host, .port = config.http_listen.port, .web_dir = web_dir},
      api->methods(), api->live(), std::move(pages));
  auto http_started = http->Start();
  if (!http_started) return std::unexpected(http_started.error());
  http_port = *http_started;
  return {};
}

Result<void> Broker::Parts::WriteListening() const {
  const nlohmann::json listening = {
      {"grpc", config.grpc_listen.host + ":" + std::to_string(grpc_port)},
      {"http", config.http_listen.host + ":" + std::to_string(http_port)},
      {"pid", getpid()},
      {"version", version}};
  return WriteSecretFile(config.data_dir / "listening.json", listening.dump() + "\n");
}

void Broker::Stop() {
  Parts& p = *parts_;
  if (std::exchange(p.running, false)) {
    SPDLOG_INFO("draining: {} sessions", p.hub->session_count());
    p.health->SetDraining();
    p.grpc->Drain();
    p.api->live().Drain();
    p.hub->Drain(p.config.drain_time);
    p.http->Drain(p.config.drain_time);
    std::error_code ignored;
    std::filesystem::remove(p.config.data_dir / "listening.json", ignored);
  }
  // Doors first, so that nothing new arrives; then what answers; then what it is answered from.
  if (p.grpc) p.grpc->Stop(kLastCalls);
  if (p.http) p.http->Stop();
  p.expiry.reset();
  if (p.api) p.api->Stop();
  p.journal.reset();
  p.feed.reset();
  p.http.reset();
  p.grpc.reset();
  p.metrics.reset();
  p.api.reset();
  p.bus.reset();
  p.store.reset();
}

}  // namespace wardcast
