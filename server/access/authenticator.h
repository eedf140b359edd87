// Who is calling: a session, a token, a certificate or a socket becomes an identity.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <thread>
#include <unordered_map>

#include "base/clock.h"
#include "base/mutex.h"
#include "base/result.h"
#include "server/access/enrolment/endpoint_gate.h"
#include "server/access/presented.h"
#include "server/access/secrets/secret.h"
#include "server/access/signed_in.h"
#include "server/store/store.h"

namespace wardcast {

struct AuthenticatorConfig {
  // The administrator has said so: plain text on loopback. Then admin.token holds every role, and
  // endpoints propose their id.
  bool insecure_loopback = false;
  // A session that is not used for so long ends; so does one that is used, after so long.
  std::chrono::seconds session_idle{std::chrono::minutes(30)};
  std::chrono::seconds session_longest{std::chrono::hours(12)};
  // So long after a person has proved who they are, grave steps do not ask again.
  std::chrono::seconds confirm_for{std::chrono::minutes(5)};
  // How long what the store said is believed. An open connection is looked at as often.
  std::chrono::milliseconds remember{5'000};
};

// Threads: own thread `access` looks again at credentials whose connections are open, and prolongs
// the places of browsers that are in use; all functions from any.
class Authenticator {
 public:
  // All must outlive this object. `gate`: nullptr if endpoints have no certificates; then no
  // browser is an endpoint by its cookie either.
  Authenticator(Store& store, const Clock& clock, AuthenticatorConfig config = {},
                const EndpointGate* gate = nullptr);
  ~Authenticator();
  Authenticator(const Authenticator&) = delete;
  Authenticator& operator=(const Authenticator&) = delete;

  // Never nullptr: without any credential it is nobody. kUnauthenticated: a credential that is not
  // valid (any more). kPermissionDenied: the key of this endpoint was revoked. kUnavailable: the
  // store does not answer. Blocks on the store for one that it was not asked for within `remember`;
  // for endpoints that the gate knows, never.
  Result<SignedInPtr> Authenticate(const Presented& presented);
  // The same from memory, never blocks; nullptr: only the store could say.
  SignedInPtr Known(const Presented& presented);

  // At once, also for connections that are open: this broker's half of ending sessions and changing
  // roles. Other brokers find out within `remember`.
  void EndSession(const std::string& session_id);
  void EndAccount(const std::string& account, const std::string& except_session = "");
  void EndToken(const std::string& token_id);
  // An enrolled browser's; the gate refuses it already. On every broker.
  void EndEndpoint(const CertifiedEndpoint& endpoint);
  // What is known of it is asked for again.
  void Forget(const std::string& account);

  const AuthenticatorConfig& config() const { return config_; }
  TimePoint Now() const { return clock_.Now(); }

 private:
  struct Entry {
    SignedInPtr signed_in;
    std::string account;
    TimePoint asked{};
    TimePoint noted{};  // when its use was last written down
  };

  SignedInPtr Without(const Presented& presented) const;
  Result<void> CheckEndpoint(const CertifiedEndpoint& endpoint) const;
  SignedInPtr Find(const std::string& hash, TimePoint now);
  // Asks the store. nullptr: no such credential.
  Result<SignedInPtr> Load(const std::string& secret, const std::string& hash, TimePoint now);
  Result<SignedInPtr> LoadSession(const std::string& secret, const std::string& hash,
                                  TimePoint now);
  Result<SignedInPtr> LoadToken(const std::string& hash, TimePoint now);
  Result<SignedInPtr> LoadAdminToken(const std::string& hash, TimePoint now);
  // An enrolled browser: as the gate knows it (nullptr: it does not), or as the store does.
  SignedInPtr FindBrowser(const std::string& secret, const std::string& hash, TimePoint now);
  Result<SignedInPtr> LoadBrowser(const std::string& secret, const std::string& hash,
                                  TimePoint now);
  // The same credential stays the same object, so that open connections follow it.
  SignedInPtr Remember(const std::string& hash, IdentityPtr identity, const std::string& csrf,
                       std::chrono::milliseconds idle, TimePoint now);
  void NoteUse(const std::string& hash, TimePoint now);
  void Run();
  void LookAgain();
  // Ends it if it was revoked; prolongs its place once a day. False: the store does not answer.
  bool LookAtBrowser(SignedIn& signed_in, bool may_prolong, TimePoint now);

  Store& store_;
  const Clock& clock_;
  const AuthenticatorConfig config_;
  const EndpointGate* const gate_;
  const SignedInPtr nobody_;
  const SignedInPtr local_;
  Mutex mu_;
  CondVar stop_;
  bool stopping_ GUARDED_BY(mu_) = false;
  // By hash; only credentials that exist, so that guessing fills no memory.
  std::unordered_map<std::string, Entry> known_ GUARDED_BY(mu_);
  std::jthread thread_;  // last: it uses everything above
};

}  // namespace wardcast
