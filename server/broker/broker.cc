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
#include "server/access/admin_token.h"
#include "server/access/authenticator.h"
#include "server/access/certificates/machine_names.h"
#include "server/access/certificates/tls_folder.h"
#include "server/access/certificates/tls_watch.h"
#include "server/access/enrolment/endpoint_gate.h"
#include "server/access/enrolment/registrar.h"
#include "server/access/enrolment/standing_watch.h"
#include "server/access/first_administrator.h"
#include "server/access/ldap/ldap_directory.h"
#include "server/access/signing_key.h"
#include "server/api/api.h"
#include "server/api/timekeeper.h"
#include "server/broker/broker_id.h"
#include "server/broker/health.h"
#include "server/broker/metrics.h"
#include "server/bus/bus.h"
#include "server/feed/drain.h"
#include "server/feed/feed.h"
#include "server/feed/hub.h"
#include "server/grpc/grpc_server.h"
#include "server/http/http_server.h"
#include "server/journal/journal.h"
#include "server/store/enrolment/enrolment_store.h"
#include "server/store/open_store.h"
#include "server/store/people/people_store.h"
#include "server/store/witness.h"

namespace wardcast {
namespace {

// Calls that are in flight when the broker stops have so long to be answered.
constexpr std::chrono::seconds kLastCalls{2};
// A broker that is restarted is back so long after it has let go of its last session.
constexpr std::chrono::seconds kRestart{2};

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

// Where other machines find the gRPC port: by the first name that the configuration gives, or the
// machine's own.
std::string OwnAddress(const Config& config, int port) {
  const ListenAddress address = config.GrpcListen();
  const std::string host = !config.tls_names.empty() ? config.tls_names.front()
                           : address.host != "0.0.0.0" && address.host != "[::]"
                               ? address.host
                               : MachineNames({}).front();
  const bool bare_ipv6 = host.contains(':') && !host.starts_with('[');
  return (bare_ipv6 ? "[" + host + "]" : host) + ":" + std::to_string(port);
}

// Where a program of this machine finds what listens at `address`.
std::string Reachable(const ListenAddress& address) {
  return address.host == "0.0.0.0" || address.host == "[::]" ? "localhost" : address.host;
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
  std::optional<Witness> witness;
  std::optional<SigningKey> signing_key;
  std::optional<TlsFolder> tls;       // unless insecure_loopback
  std::optional<TlsWatch> tls_watch;  // with `tls`; its thread runs while the doors are open
  EndpointGate gate;
  std::optional<Registrar> registrar;  // with `tls`, and so the next three
  std::optional<EnrolmentParts> enrolment;
  std::optional<StandingWatch> standings;  // tells the authenticator and the hub
  Subscription access_changes;
  std::unique_ptr<Bus> bus;
  std::optional<Hub> hub;
  std::optional<Feed> feed;
  std::optional<Journal> journal;
  std::optional<Authenticator> authenticator;
  std::optional<LdapDirectory> directory;  // with [ldap]
  std::optional<Health> health;
  std::optional<Api> api;
  std::optional<Metrics> metrics;
  std::optional<Timekeeper> timekeeper;
  std::optional<GrpcServer> admin;
  std::optional<GrpcServer> grpc;
  std::optional<HttpServer> http;
  int grpc_port = 0;
  int http_port = 0;
  bool running = false;

  // As long as nobody could sign in: shows the way.
  Result<void> Welcome(TimePoint now);
  // Who of the endpoints is let in, and how they get their certificates.
  Result<void> OpenEnrolment();
  // Certificates of this broker, under the authority that the store names.
  Result<void> OpenTls(TimePoint now);
  Result<void> OpenDoors();
  Result<void> WriteListening() const;
  // What this broker has seen of the store; shows at the next start that it went back.
  void Remember(const LogHead& head);
  void Drain();
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
  p.witness.emplace(p.config.data_dir, !p.config.postgresql.empty());
  auto broker_id = EnsureBrokerId(p.config.data_dir, now);
  if (!broker_id) return std::unexpected(broker_id.error());

  auto key = EnsureSigningKey(*p.store, p.config.data_dir);
  if (!key) return std::unexpected(key.error());
  p.signing_key.emplace(std::move(*key));
  if (auto opened = p.OpenTls(now); !opened) return opened;
  std::filesystem::path token_file;
  if (p.config.insecure_loopback) {
    auto token = EnsureAdminToken(*p.store, p.config.data_dir, now);
    if (!token) return std::unexpected(token.error());
    token_file = std::move(*token);
  }

  auto bus = MakeBus(p.config, p.store->identity().log_id);
  if (!bus) return std::unexpected(bus.error());
  p.bus = std::move(*bus);

  p.hub.emplace(HubConfig{}, p.clock);
  p.feed.emplace(
      FeedConfig{}, *p.store, *p.bus, *p.hub, p.clock,
      [&signing = *p.signing_key](const v1::Alert& alert) { return signing.Seal(alert); },
      [&p](const LogHead& head) { p.Remember(head); });
  std::string suspicion = p.store->suspicion();
  if (suspicion.empty()) {
    auto checked = p.witness->Check(*p.store);
    if (!checked) return std::unexpected(checked.error());
    suspicion = std::move(*checked);
  }
  if (auto started = p.feed->Start(std::move(suspicion)); !started) return started;
  p.config.sessions.insecure_loopback = p.config.insecure_loopback;
  p.authenticator.emplace(*p.store, p.clock, p.config.sessions, p.tls ? &p.gate : nullptr);
  if (auto opened = p.OpenEnrolment(); !opened) return opened;
  JournalConfig journal;
  journal.broker_id = *broker_id;
  p.journal.emplace(std::move(journal), *p.store, *p.bus, p.clock);

  if (p.config.ldap_given) p.directory.emplace(p.config.ldap, p.clock);
  p.health.emplace(*p.bus, *p.feed, *p.hub, *p.store, p.tls_watch ? &*p.tls_watch : nullptr);
  p.api.emplace(ApiParts{.store = *p.store,
                         .bus = *p.bus,
                         .hub = *p.hub,
                         .journal = *p.journal,
                         .authenticator = *p.authenticator,
                         .health = *p.health,
                         .signing_key = *p.signing_key,
                         .clock = p.clock,
                         .version = p.version,
                         .backups = {.folder = p.config.data_dir / "backups",
                                     .suffix = p.config.postgresql.empty() ? ".db" : ".dump"},
                         .enrolment = p.enrolment ? &*p.enrolment : nullptr,
                         .directory = p.directory ? &*p.directory : nullptr,
                         .directory_watch = {.look_every = p.config.ldap.look_again}});
  p.health->Watch(p.api->audit(), p.directory ? &*p.directory : nullptr);
  p.metrics.emplace(Metrics::Sources{.health = *p.health,
                                     .hub = *p.hub,
                                     .feed = *p.feed,
                                     .journal = *p.journal,
                                     .methods = p.api->methods(),
                                     .work = p.api->work(),
                                     .live = p.api->live(),
                                     .grpc = [&p] { return p.grpc->Counts(); },
                                     .http = [&p] { return p.http->Counts(); },
                                     .version = p.version});
  p.timekeeper.emplace(p.api->alerts(), *p.hub, *p.store, p.journal->broker_id(), p.clock);

  if (auto opened = p.OpenDoors(); !opened) return opened;
  if (auto welcomed = p.Welcome(now); !welcomed) return welcomed;
  if (auto written = p.WriteListening(); !written) return written;
  p.running = true;
  SPDLOG_INFO("ready: log {} generation {} at entry {}, gRPC on port {}, {}://localhost:{}/{}",
              p.hub->log().log_id, p.hub->log().generation, p.hub->applied(), p.grpc_port,
              p.tls ? "https" : "http", p.http_port,
              token_file.empty() ? "" : ", token in " + token_file.string());
  return {};
}

Result<void> Broker::Parts::Welcome(TimePoint now) {
  // In plain text on loopback admin.token is the way in.
  if (config.insecure_loopback) return {};
  const auto link = FirstAdministratorLink(*store->people(), api->desk(), now);
  if (!link) return std::unexpected(link.error());
  if (*link) {
    SPDLOG_WARN(
        "no administrator has a password yet. Whoever opens this link first sets it (once, within "
        "72 hours): https://{}:{}{}",
        Reachable(config.HttpListen()), http_port, **link);
  }
  return {};
}

Result<void> Broker::Parts::OpenTls(TimePoint now) {
  if (config.insecure_loopback) {
    SPDLOG_WARN("insecure_loopback: plain text, for programs of this machine only");
    return {};
  }
  EnrolmentStore& enrolled = *store->enrolment();
  const auto known = enrolled.Authority();
  if (!known) return std::unexpected(known.error());
  auto opened = TlsFolder::Open({.folder = config.data_dir / "tls",
                                 .certificate = config.tls_certificate,
                                 .key = config.tls_key,
                                 .ca = config.tls_ca,
                                 .names = config.tls_names},
                                *known, now);
  if (!opened) return std::unexpected(opened.error());
  // Another broker may have been faster: then its authority is the one.
  const std::string own = opened->authority().certificate().sha256();
  const auto claimed = enrolled.ClaimAuthority(own);
  if (!claimed) return std::unexpected(claimed.error());
  if (*claimed != own) return std::unexpected(OtherAuthority(config.data_dir / "tls"));
  tls.emplace(std::move(*opened));
  tls_watch.emplace(TlsWatchConfig{}, *tls, clock);
  return {};
}

Result<void> Broker::Parts::OpenEnrolment() {
  if (!tls) return {};
  EnrolmentStore& known = *store->enrolment();
  registrar.emplace(RegistrarConfig{}, known, tls->authority(), signing_key->public_key(), clock);
  standings.emplace(StandingWatchConfig{}, known, gate, clock,
                    [this](const CertifiedEndpoint& endpoint) {
                      authenticator->EndEndpoint(endpoint);
                      hub->Nudge(endpoint.endpoint_id);
                    });
  access_changes = hub->OnAccess([this] { standings->Ask(); });
  if (auto loaded = standings->Load(); !loaded) return loaded;
  standings->Start();
  enrolment.emplace(EnrolmentParts{.store = known,
                                   .registrar = *registrar,
                                   .data_dir = config.data_dir,
                                   .ca_pem = tls->ca_pem(),
                                   .broker = [this] { return OwnAddress(config, grpc_port); },
                                   .changed =
                                       [this] {
                                         standings->Ask();
                                         bus->Publish(Topic::kLog, hub->applied() + 1);
                                       }});
  return {};
}

Result<void> Broker::Parts::OpenDoors() {
  admin.emplace(GrpcServerConfig{.admin_socket = config.data_dir / "admin.sock"}, api->methods(),
                api->live());
  if (auto admin_started = admin->Start(); !admin_started)
    return std::unexpected(admin_started.error());

  GrpcServerConfig for_agents{.host = config.GrpcListen().host, .port = config.grpc_listen.port};
  if (tls)
    for_agents.tls =
        GrpcTls{.server = tls->server_pem(), .clients = tls->authority_pem(), .gate = &gate};
  grpc.emplace(std::move(for_agents), api->methods(), api->live());
  auto grpc_started = grpc->Start();
  if (!grpc_started) return std::unexpected(grpc_started.error());
  grpc_port = *grpc_started;

  const std::filesystem::path web_dir = FindWebDir(config.web_dir);
  if (web_dir.empty()) SPDLOG_WARN("no built console was found; set http.web_dir, or build web/");
  HttpPages pages;
  // A broker whose bus is gone is up all the same; whether it is well is for readyz and the RPC.
  pages.healthz = [] { return HttpPage{200, "ok\n"}; };
  pages.readyz = [this] {
    std::string text;
    bool ok = !health->draining();
    if (!ok) text += "draining\n";
    for (const PartState& state : health->Parts()) {
      ok = ok && (state.ok || IsForAPerson(state));
      text += state.part + ": " + (state.ok ? "ok" : state.detail) + "\n";
    }
    return HttpPage{ok ? 200 : 503, text};
  };
  pages.metrics = [this] { return HttpPage{200, metrics->Render()}; };
  http.emplace(HttpConfig{.host = config.HttpListen().host,
                          .port = config.http_listen.port,
                          .tls_file = tls ? tls->server_pem() : std::filesystem::path(),
                          .web_dir = web_dir},
               api->methods(), api->live(), std::move(pages));
  auto http_started = http->Start();
  if (!http_started) return std::unexpected(http_started.error());
  http_port = *http_started;
  if (tls_watch) tls_watch->Start([this] { http->ReloadCertificate(); });
  return {};
}

Result<void> Broker::Parts::WriteListening() const {
  const nlohmann::json listening = {
      {"grpc", Reachable(config.GrpcListen()) + ":" + std::to_string(grpc_port)},
      {"http", Reachable(config.HttpListen()) + ":" + std::to_string(http_port)},
      {"tls", tls.has_value()},
      {"pid", getpid()},
      {"version", version}};
  return WriteSecretFile(config.data_dir / "listening.json", listening.dump() + "\n");
}

void Broker::Stop() {
  Parts& p = *parts_;
  if (std::exchange(p.running, false)) p.Drain();
  if (p.tls_watch) p.tls_watch->Stop();
  // Doors first, so that nothing new arrives; what is under way is answered by what is still there.
  if (p.api) p.api->Stop();
  if (p.admin) p.admin->Stop(kLastCalls);
  if (p.grpc) p.grpc->Stop(kLastCalls);
  if (p.http) p.http->Stop();
  p.timekeeper.reset();
  p.journal.reset();
  p.access_changes.Cancel();
  if (p.standings) p.standings->Stop();
  p.feed.reset();
  p.http.reset();
  p.grpc.reset();
  p.admin.reset();
  p.metrics.reset();
  p.api.reset();
  p.authenticator.reset();
  p.bus.reset();
  p.store.reset();
}

void Broker::Parts::Remember(const LogHead& head) {
  if (auto kept = witness->Keep(head, clock.Now()); !kept)
    SPDLOG_WARN("store.witness: {}", LogSafe(kept.error().message));
}

// Everything that says no comes first; then sessions go evenly, while reports that came before are
// answered. A broker without sessions is through at once.
void Broker::Parts::Drain() {
  const auto began = std::chrono::steady_clock::now();
  const DrainPlan plan{.over = config.drain_time, .retry_after = config.drain_time + kRestart};
  SPDLOG_INFO("draining: {} sessions over up to {} s", hub->session_count(),
              config.drain_time.count());
  std::error_code ignored;
  std::filesystem::remove(config.data_dir / "listening.json", ignored);
  health->SetDraining();
  grpc->Drain();
  api->methods().Drain(plan.retry_after);
  api->live().Drain();
  http->Drain(plan.retry_after);
  const std::size_t left = DrainEvenly(*hub, plan);
  const auto took =
      std::chrono::ceil<std::chrono::milliseconds>(std::chrono::steady_clock::now() - began);
  SPDLOG_INFO("drained in {} ms; {} sessions did not go by themselves", took.count(), left);
}

}  // namespace wardcast
