// What a broker is made of. Internal to server/broker: broker.cc wires it, the other files open the
// doors and what stands behind them.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "base/clock.h"
#include "base/result.h"
#include "base/subscription.h"
#include "server/access/authenticator.h"
#include "server/access/certificates/tls_folder.h"
#include "server/access/certificates/tls_watch.h"
#include "server/access/enrolment/endpoint_gate.h"
#include "server/access/enrolment/registrar.h"
#include "server/access/enrolment/standing_watch.h"
#include "server/access/ldap/ldap_directory.h"
#include "server/access/signing_key.h"
#include "server/api/api.h"
#include "server/api/timekeeper.h"
#include "server/broker/broker.h"
#include "server/broker/health.h"
#include "server/broker/metrics.h"
#include "server/bus/bus.h"
#include "server/escalation/step_runner.h"
#include "server/feed/feed.h"
#include "server/feed/hub.h"
#include "server/grpc/grpc_server.h"
#include "server/http/http_server.h"
#include "server/journal/journal.h"
#include "server/store/open_store.h"
#include "server/store/witness.h"

namespace wardcast {

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
  std::optional<StepRunner> steps;
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

}  // namespace wardcast
