// The doors of a broker, and how they are found.
#include <unistd.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>

#include "base/file.h"
#include "base/log.h"
#include "server/access/first_administrator.h"
#include "server/broker/broker_parts.h"
#include "server/store/people/people_store.h"

namespace wardcast {
namespace {

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

// Where a program of this machine finds what listens at `address`.
std::string Reachable(const ListenAddress& address) {
  return address.host == "0.0.0.0" || address.host == "[::]" ? "localhost" : address.host;
}

}  // namespace

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

}  // namespace wardcast
