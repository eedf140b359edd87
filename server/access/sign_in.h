// The desk where people prove who they are: passwords, codes, one-time links, sessions.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "base/clock.h"
#include "base/mutex.h"
#include "base/result.h"
#include "server/access/audit/audit_log.h"
#include "server/access/authenticator.h"
#include "server/access/people/password.h"
#include "server/access/people/people_directory.h"
#include "server/access/people/throttle.h"
#include "server/store/people/people_store.h"

namespace wardcast {

// One try to sign in.
struct SignInAttempt {
  std::string account;  // as typed
  std::string password;
  std::string code;
  bool browser = false;
  std::string peer;           // "127.0.0.1:52310"
  std::string replaces = {};  // id of the session that this browser had
};

struct SignInOutcome {
  bool code_needed = false;  // the password is right; nobody is signed in yet
  std::string secret = {};   // of the session; this is the only time that it is seen
  Identity identity = {};
};

// What somebody shows to prove once more that it is they: one of the two.
struct ConfirmAttempt {
  std::string password;
  std::string code;
  std::string peer;
};

struct SignInConfig {
  ThrottleConfig per_account = {};
  // One address may be a whole clinic behind one router.
  ThrottleConfig per_address = {.free = 20};
};

// A local account is verified here and nowhere else; every other name is the directory's, if there
// is one.
//
// Threads: any; every function but the checks blocks on the store, and those that take a password
// compute for a tenth of a second and may wait for the directory: run them where few run at once.
class SignInDesk {
 public:
  // All must outlive the desk. `directory` nullptr: there are only local accounts.
  SignInDesk(SignInConfig config, PeopleStore& people, PasswordHasher& hasher,
             Authenticator& authenticator, AuditLog& audit, const Clock& clock,
             PeopleDirectory* directory = nullptr);

  // Always one Argon2id verification, whoever is named. kUnauthenticated: the same words for an
  // unknown name, a wrong password, a wrong code, and somebody whom the directory gives no role.
  // kUnavailable: the directory does not answer, and the name is not a local one.
  // kResourceExhausted: too soon, with the time to wait; nothing was computed.
  Result<SignInOutcome> SignIn(const SignInAttempt& attempt);
  // Until when grave steps ask nothing now. kUnauthenticated: the password or the code is wrong.
  // kFailedPrecondition: there is no authenticator that could give a code. kUnavailable: the
  // directory does not answer; a code does instead. kResourceExhausted: as above.
  Result<TimePoint> Confirm(const Identity& caller, const ConfirmAttempt& attempt);
  // Ends the caller's session, at once and everywhere that this broker knows it.
  Result<void> SignOut(const Identity& caller);

  // With a one-time link; returns the account. kPermissionDenied: the link was used or is too old.
  // kInvalidArgument: the password is not good enough.
  Result<std::string> SetPasswordByLink(const std::string& link, const std::string& password,
                                        const std::string& peer);
  // The caller's own. kPermissionDenied: the present one is wrong. kFailedPrecondition: the account
  // has none here, its password is the directory's.
  Result<void> ChangePassword(const Identity& caller, const std::string& present,
                              const std::string& password, const std::string& peer);
  // A new one-time link's secret, valid until `expires`; earlier ones of the account no longer
  // work.
  Result<std::string> MakeLink(const std::string& account, TimePoint expires);

  // Returns the new secret in base32. kPermissionDenied: there is an authenticator, and `code` is
  // not its.
  Result<std::string> BeginTotp(const Identity& caller, const std::string& code);
  Result<void> ConfirmTotp(const Identity& caller, const std::string& code);

 private:
  struct Keys {
    std::string account;
    std::string address;
  };
  static Keys KeysOf(const std::string& account, const std::string& peer);
  static AuditEntry By(const std::string& who, const std::string& peer, const char* what,
                       const std::string& subject, const std::string& detail = "");
  std::chrono::milliseconds BeginAttempt(const Keys& keys, TimePoint now);
  void Succeeded(const Keys& keys);
  void TakeBack(const Keys& keys);
  // For codes of somebody who has signed in.
  Result<void> BeginGuess(const std::string& account);
  std::unexpected<Error> Refuse(const SignInAttempt& attempt, const std::string& known_account,
                                const std::string& why);
  // The account as the directory has it now, not stored yet. `known`: as it was stored.
  Result<AccountRow> AskDirectory(const SignInAttempt& attempt, const std::string& name,
                                  const std::optional<AccountRow>& known);
  Result<bool> IsPassword(const AccountRow& account, const std::string& password);
  Result<SignInOutcome> Open(const SignInAttempt& attempt, AccountRow account, bool second_factor,
                             TimePoint now);
  Result<bool> TakeCode(const AccountRow& account, const std::string& code, TimePoint now);

  PeopleStore& people_;
  PasswordHasher& hasher_;
  Authenticator& authenticator_;
  AuditLog& audit_;
  const Clock& clock_;
  PeopleDirectory* const directory_;
  Mutex mu_;
  Throttle accounts_ GUARDED_BY(mu_);
  Throttle addresses_ GUARDED_BY(mu_);
};

}  // namespace wardcast
