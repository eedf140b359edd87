// Whom a broker trusts, and by what it is known: its certificates, and how endpoints get theirs.
#include <string>

#include "base/log.h"
#include "server/access/certificates/machine_names.h"
#include "server/broker/broker_parts.h"
#include "server/store/enrolment/enrolment_store.h"

namespace wardcast {
namespace {

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

}  // namespace

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

}  // namespace wardcast
