#include "server/broker/broker.h"

#include <filesystem>
#include <optional>
#include <string>
#include <utility>

#include "base/file.h"
#include "base/log.h"
#include "server/access/admin_token.h"
#include "server/broker/broker_id.h"
#include "server/broker/broker_parts.h"
#include "server/feed/drain.h"

namespace wardcast {
namespace {

// Calls that are in flight when the broker stops have so long to be answered.
constexpr std::chrono::seconds kLastCalls{2};
// A broker that is restarted is back so long after it has let go of its last session.
constexpr std::chrono::seconds kRestart{2};

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
  p.api->BringShippedCatalogue();
  p.health->Watch(p.api->audit(), p.directory ? &*p.directory : nullptr);
  p.steps.emplace(*p.store, *p.hub, [&p](const std::string& alert_id, std::vector<StepRow> steps) {
    return p.api->commit().ApplySteps(alert_id, std::move(steps));
  });
  p.metrics.emplace(Metrics::Sources{.health = *p.health,
                                     .hub = *p.hub,
                                     .feed = *p.feed,
                                     .journal = *p.journal,
                                     .methods = p.api->methods(),
                                     .work = p.api->work(),
                                     .live = p.api->live(),
                                     .steps = *p.steps,
                                     .grpc = [&p] { return p.grpc->Counts(); },
                                     .http = [&p] { return p.http->Counts(); },
                                     .version = p.version});
  p.timekeeper.emplace(*p.store, p.journal->broker_id(), p.clock);

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
  p.steps.reset();
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
