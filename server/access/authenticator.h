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
#include "server/access/presented.h"
#include "server/access/signed_in.h"
#include "server/store/store.h"

namespace wardcast {

struct AuthenticatorConfig {
  // The administrator has said so: plain text on loopback. Then admin.token holds every role, and
  // endpoints propose their id.
  bool insecure_loopback = false;
  // A session that is not used for so long ends; so does one that is used, after so long.
  std::chrono::minutes session_idle{30};
  std::chrono::hours session_longest{12};
  // How long what the store said is believed. An open connection is looked at as often.
  std::chrono::milliseconds remember{5'000};
};

// What secrets begin with, so that nobody takes one for another, and scanners find them.
inline constexpr char kSessionPrefix[] = "wcs_";
inline constexpr char kTokenPrefix[] = "wct_";
std::string NewSecret(const char* prefix);
// What a page must send beside the cookie that holds `secret`.
std::string CsrfOf(const std::string& secret);

// Threads: own thread `access` looks again at credentials whose connections are open; all functions
// from any.
class Authenticator {
 public:
  // Both must outlive this object.
  Authenticator(Store& store, const Clock& clock, AuthenticatorConfig config = {});
  ~Authenticator();
  Authenticator(const Authenticator&) = delete;
  Authenticator& operator=(const Authenticator&) = delete;

  // Never nullptr: without any credential it is nobody. kUnauthenticated: a credential that is not
  // valid (any more). kUnavailable: the store does not answer. Blocks on the store for one that it
  // was not asked for within `remember`.
  Result<SignedInPtr> Authenticate(const Presented& presented);
  // The same from memory, never blocks; nullptr: only the store could say.
  SignedInPtr Known(const Presented& presented);

  // At once, also for connections that are open: this broker's half of ending sessions and changing
  // roles. Other brokers find out within `remember`.
  void EndSession(const std::string& session_id);
  void EndAccount(const std::string& account, const std::string& except_session = "");
  void EndToken(const std::string& token_id);
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
  SignedInPtr Find(const std::string& hash, TimePoint now);
  // Asks the store. nullptr: no such credential.
  Result<SignedInPtr> Load(const std::string& secret, const std::string& hash, TimePoint now);
  Result<SignedInPtr> LoadSession(const std::string& secret, const std::string& hash,
                                  TimePoint now);
  Result<SignedInPtr> LoadToken(const std::string& hash, TimePoint now);
  Result<SignedInPtr> LoadAdminToken(const std::string& hash, TimePoint now);
  // The same credential stays the same object, so that open connections follow it.
  SignedInPtr Remember(const std::string& hash, IdentityPtr identity, const std::string& csrf,
                       std::chrono::milliseconds idle, TimePoint now);
  void NoteUse(const std::string& hash, TimePoint now);
  void Run();
  void LookAgain();

  Store& store_;
  const Clock& clock_;
  const AuthenticatorConfig config_;
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
