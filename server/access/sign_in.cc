#include "server/access/sign_in.h"

#include <algorithm>
#include <utility>

#include "base/bytes.h"
#include "base/log.h"
#include "base/ulid.h"
#include "server/access/people/person.h"
#include "server/access/people/totp.h"

namespace wardcast {
namespace {

constexpr std::size_t kLongestCode = 10;

// "127.0.0.1:52310" → "127.0.0.1", "ipv4:10.0.0.7:5" → "ipv4:10.0.0.7".
std::string WithoutPeerPort(const std::string& peer) { return peer.substr(0, peer.rfind(':')); }

AuditEntry By(const std::string& who, const std::string& peer, const char* what,
              const std::string& subject, const std::string& detail = "") {
  AuditEntry entry;
  entry.who = who;
  entry.peer = peer;
  entry.what = what;
  entry.subject = subject;
  entry.detail = detail;
  return entry;
}

}  // namespace

SignInDesk::SignInDesk(SignInConfig config, PeopleStore& people, PasswordHasher& hasher,
                       Authenticator& authenticator, AuditLog& audit, const Clock& clock)
    : people_(people),
      hasher_(hasher),
      authenticator_(authenticator),
      audit_(audit),
      clock_(clock),
      accounts_(config.per_account),
      addresses_(config.per_address) {}

std::chrono::milliseconds SignInDesk::BeginAttempt(const Keys& keys, TimePoint now) {
  const MutexLock lock(mu_);
  const auto wait =
      std::max(accounts_.WaitFor(keys.account, now), addresses_.WaitFor(keys.address, now));
  if (wait.count() == 0) {
    accounts_.Begin(keys.account, now);
    addresses_.Begin(keys.address, now);
  }
  return wait;
}

Result<void> SignInDesk::BeginGuess(const std::string& account) {
  const TimePoint now = clock_.Now();
  const MutexLock lock(mu_);
  const auto wait = accounts_.WaitFor(account, now);
  if (wait.count() > 0)
    return FailFor(Code::kResourceExhausted, "too many attempts; try again later", wait);
  accounts_.Begin(account, now);
  return {};
}

Result<SignInOutcome> SignInDesk::Refuse(const SignInAttempt& attempt,
                                         const std::string& known_account, const char* why) {
  // A name that is not one may be a password in the wrong field: it is not written down.
  audit_.NoteRefusal(By("", attempt.peer, "sign-in-refused", known_account, why));
  return Fail(Code::kUnauthenticated, "the name, the password or the code is wrong");
}

Result<SignInOutcome> SignInDesk::SignIn(const SignInAttempt& attempt) {
  const TimePoint now = clock_.Now();
  if (attempt.password.size() > kLongestPassword || attempt.code.size() > kLongestCode)
    return Invalid({{"password", "must have at most 200 bytes, a code six digits"}});
  const std::string name = AccountName(attempt.account);
  const Keys keys{.account = name, .address = WithoutPeerPort(attempt.peer)};
  if (const auto wait = BeginAttempt(keys, now); wait.count() > 0) {
    audit_.NoteRefusal(By("", attempt.peer, "sign-in-refused", "", "too many attempts"));
    return FailFor(Code::kResourceExhausted,
                   "too many attempts; try again in " +
                       std::to_string(std::chrono::ceil<std::chrono::seconds>(wait).count()) + " s",
                   wait);
  }
  std::optional<AccountRow> account;
  if (!name.empty()) {
    auto found = people_.FindAccount(name);
    if (!found) return std::unexpected(found.error());
    account = std::move(*found);
  }
  const bool right = hasher_.Verify(account ? account->password_hash : "", attempt.password);
  if (!account) return Refuse(attempt, "", "no such account");
  if (!right) return Refuse(attempt, name, "wrong password");
  if (account->account.disabled()) return Refuse(attempt, name, "the account is disabled");
  if (!account->totp_secret.empty()) {
    if (attempt.code.empty()) return SignInOutcome{.code_needed = true};
    auto taken = TakeCode(*account, attempt.code, now);
    if (!taken) return std::unexpected(taken.error());
    if (!*taken) return Refuse(attempt, name, "wrong code");
  }
  {
    const MutexLock lock(mu_);
    accounts_.Succeeded(keys.account);
    addresses_.Succeeded(keys.address);
  }
  if (hasher_.IsOutdated(account->password_hash)) {
    const auto hash = hasher_.Hash(attempt.password);
    const auto kept = hash ? people_.SetPassword(name, *hash) : Result<bool>(false);
    if (!kept || !*kept) SPDLOG_WARN("a password could not be hashed anew; the old hash stays");
  }
  const bool second_factor = !account->totp_secret.empty();
  return Open(attempt, std::move(*account), second_factor, now);
}

Result<bool> SignInDesk::TakeCode(const AccountRow& account, const std::string& code,
                                  TimePoint now) {
  const auto step = TotpStepOf(account.totp_secret, code, now);
  if (!step) return false;
  return people_.TakeTotpStep(account.account.name(), *step);
}

Result<SignInOutcome> SignInDesk::Open(const SignInAttempt& attempt, AccountRow account,
                                       bool second_factor, TimePoint now) {
  const std::string& name = account.account.name();
  SignInOutcome outcome;
  outcome.secret = NewSecret(kSessionPrefix);
  const SessionRow session{.hash = Sha256Hex(outcome.secret),
                           .id = NewUlid(now),
                           .account = name,
                           .browser = attempt.browser,
                           .second_factor = second_factor,
                           .created_at = now,
                           .seen_at = now,
                           .expires_at = now + authenticator_.config().session_longest,
                           .confirmed_at = now,
                           .peer = LogSafe(attempt.peer)};
  if (auto put = people_.PutSession(session); !put) return std::unexpected(put.error());
  if (auto noted = people_.NoteSignIn(name, now); !noted) return std::unexpected(noted.error());
  if (!attempt.replaces.empty()) {
    authenticator_.EndSession(attempt.replaces);
    if (auto ended = people_.EndSession(attempt.replaces); !ended)
      return std::unexpected(ended.error());
  }
  outcome.identity = PersonOf(account, session);
  AuditEntry entry = By(name, attempt.peer, "sign-in", name, second_factor ? "with a code" : "");
  if (account.account.break_glass()) {
    entry.what = "break-glass";
    entry.detail = "the break-glass account signed in";
    entry.loud = true;
  }
  audit_.Record(std::move(entry));
  return outcome;
}

Result<void> SignInDesk::SignOut(const Identity& caller) {
  authenticator_.EndSession(caller.session_id);
  auto ended = people_.EndSession(caller.session_id);
  if (!ended) return std::unexpected(ended.error());
  return {};
}

Result<std::string> SignInDesk::MakeLink(const std::string& account, TimePoint expires) {
  std::string secret = RandomHex(24);
  if (auto put = people_.PutLink(account, Sha256Hex(secret), expires); !put)
    return std::unexpected(put.error());
  return secret;
}

Result<std::string> SignInDesk::SetPasswordByLink(const std::string& link,
                                                  const std::string& password,
                                                  const std::string& peer) {
  constexpr const char* kGone =
      "this link was used already or is too old; an administrator makes a new one with `wardcast "
      "admin account link NAME`";
  constexpr std::size_t kLongestLink = 100;
  const TimePoint now = clock_.Now();
  if (link.size() > kLongestLink) return Fail(Code::kPermissionDenied, kGone);
  const std::string hash = Sha256Hex(link);
  auto account = people_.FindLink(hash, now);
  if (!account) return std::unexpected(account.error());
  if (!*account) {
    audit_.NoteRefusal(By("", peer, "set-password-refused", "", "no such link"));
    return Fail(Code::kPermissionDenied, kGone);
  }
  if (const std::string problem = PasswordProblem(password, **account); !problem.empty())
    return Invalid({{"new_password", problem}});
  auto hashed = hasher_.Hash(password);
  if (!hashed) return std::unexpected(hashed.error());
  auto spent = people_.SpendLink(hash, *hashed, now);
  if (!spent) return std::unexpected(spent.error());
  if (!*spent) return Fail(Code::kPermissionDenied, kGone);
  authenticator_.EndAccount(**spent);
  audit_.Record(By(**spent, peer, "set-password", **spent, "by a one-time link"));
  return **spent;
}

Result<void> SignInDesk::ChangePassword(const Identity& caller, const std::string& present,
                                        const std::string& password, const std::string& peer) {
  const Keys keys{.account = caller.name, .address = WithoutPeerPort(peer)};
  if (const auto wait = BeginAttempt(keys, clock_.Now()); wait.count() > 0)
    return FailFor(Code::kResourceExhausted, "too many attempts; try again later", wait);
  auto account = people_.FindAccount(caller.name);
  if (!account) return std::unexpected(account.error());
  if (!*account || (*account)->password_hash.empty()) {
    return Fail(Code::kFailedPrecondition,
                "your password is not kept here; change it where the hospital keeps it");
  }
  if (present.size() > kLongestPassword || !hasher_.Verify((*account)->password_hash, present)) {
    audit_.NoteRefusal(By(caller.name, peer, "set-password-refused", caller.name));
    return Fail(Code::kPermissionDenied, "the present password is wrong");
  }
  if (const std::string problem = PasswordProblem(password, caller.name); !problem.empty())
    return Invalid({{"new_password", problem}});
  auto hashed = hasher_.Hash(password);
  if (!hashed) return std::unexpected(hashed.error());
  auto set = people_.SetPassword(caller.name, *hashed);
  if (!set) return std::unexpected(set.error());
  if (auto ended = people_.EndSessions(caller.name, caller.session_id); !ended) return ended;
  authenticator_.EndAccount(caller.name, caller.session_id);
  {
    const MutexLock lock(mu_);
    accounts_.Succeeded(keys.account);
  }
  audit_.Record(By(caller.name, peer, "set-password", caller.name, "by its owner"));
  return {};
}

Result<std::string> SignInDesk::BeginTotp(const Identity& caller, const std::string& code) {
  if (auto begun = BeginGuess(caller.name); !begun) return std::unexpected(begun.error());
  auto account = people_.FindAccount(caller.name);
  if (!account) return std::unexpected(account.error());
  if (!*account) return Fail(Code::kNotFound, "this account was removed");
  if (!(*account)->totp_secret.empty()) {
    auto taken = TakeCode(**account, code.substr(0, kLongestCode), clock_.Now());
    if (!taken) return std::unexpected(taken.error());
    if (!*taken) {
      return Fail(Code::kPermissionDenied,
                  "you have an authenticator: give a code of it that was not used yet; if it is "
                  "lost, an administrator takes it away");
    }
  }
  std::string secret = NewTotpSecret();
  if (auto set = people_.SetTotp(caller.name, (*account)->totp_secret, secret); !set)
    return std::unexpected(set.error());
  return secret;
}

Result<void> SignInDesk::ConfirmTotp(const Identity& caller, const std::string& code) {
  const TimePoint now = clock_.Now();
  if (auto begun = BeginGuess(caller.name); !begun) return begun;
  auto account = people_.FindAccount(caller.name);
  if (!account) return std::unexpected(account.error());
  if (!*account || (*account)->totp_pending.empty())
    return Fail(Code::kFailedPrecondition, "nothing was begun: ask for a new secret first");
  const std::string& pending = (*account)->totp_pending;
  const auto step = TotpStepOf(pending, code.substr(0, kLongestCode), now);
  if (!step) {
    return Invalid({{"code",
                     "is not the one that belongs to the secret: look at the clock of the device, "
                     "and try the next code"}});
  }
  auto taken = people_.TakeTotpStep(caller.name, *step);
  if (!taken) return std::unexpected(taken.error());
  if (auto set = people_.SetTotp(caller.name, pending, ""); !set)
    return std::unexpected(set.error());
  if (auto set = people_.SetSecondFactor(caller.session_id); !set) return set;
  authenticator_.Forget(caller.name);
  const MutexLock lock(mu_);
  accounts_.Succeeded(caller.name);
  return {};
}

}  // namespace wardcast
