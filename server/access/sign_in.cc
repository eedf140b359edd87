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
// So much later it is worth trying again: the directory is asked anew then.
constexpr std::chrono::seconds kDirectoryAgain{5};

// "127.0.0.1:52310" → "127.0.0.1", "ipv4:10.0.0.7:5" → "ipv4:10.0.0.7".
std::string WithoutPeerPort(const std::string& peer) { return peer.substr(0, peer.rfind(':')); }

std::unexpected<Error> TooSoon(std::chrono::milliseconds wait) {
  return FailFor(Code::kResourceExhausted,
                 "too many attempts; try again in " +
                     std::to_string(std::chrono::ceil<std::chrono::seconds>(wait).count()) + " s",
                 wait);
}

}  // namespace

SignInDesk::SignInDesk(SignInConfig config, PeopleStore& people, PasswordHasher& hasher,
                       Authenticator& authenticator, AuditLog& audit, const Clock& clock,
                       PeopleDirectory* directory)
    : people_(people),
      hasher_(hasher),
      authenticator_(authenticator),
      audit_(audit),
      clock_(clock),
      directory_(directory),
      accounts_(config.per_account),
      addresses_(config.per_address) {}

SignInDesk::Keys SignInDesk::KeysOf(const std::string& account, const std::string& peer) {
  return {.account = account, .address = WithoutPeerPort(peer)};
}

AuditEntry SignInDesk::By(const std::string& who, const std::string& peer, const char* what,
                          const std::string& subject, const std::string& detail) {
  AuditEntry entry;
  entry.who = who;
  entry.peer = peer;
  entry.what = what;
  entry.subject = subject;
  entry.detail = detail;
  return entry;
}

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

void SignInDesk::Succeeded(const Keys& keys) {
  const MutexLock lock(mu_);
  accounts_.Succeeded(keys.account);
  addresses_.Succeeded(keys.address);
}

void SignInDesk::TakeBack(const Keys& keys) {
  const MutexLock lock(mu_);
  accounts_.TakeBack(keys.account);
  addresses_.TakeBack(keys.address);
}

std::unexpected<Error> SignInDesk::Refuse(const SignInAttempt& attempt,
                                          const std::string& known_account,
                                          const std::string& why) {
  // A name that is not one may be a password in the wrong field: it is not written down.
  audit_.NoteRefusal(By("", attempt.peer, "sign-in-refused", known_account, why));
  return Fail(Code::kUnauthenticated, "the name, the password or the code is wrong");
}

Result<SignInOutcome> SignInDesk::SignIn(const SignInAttempt& attempt) {
  const TimePoint now = clock_.Now();
  if (attempt.password.size() > kLongestPassword || attempt.code.size() > kLongestCode)
    return Invalid({{"password", "must have at most 200 bytes, a code six digits"}});
  const std::string name = AccountName(attempt.account);
  const Keys keys = KeysOf(name, attempt.peer);
  if (const auto wait = BeginAttempt(keys, now); wait.count() > 0) {
    audit_.NoteRefusal(By("", attempt.peer, "sign-in-refused", "", "too many attempts"));
    return TooSoon(wait);
  }
  std::optional<AccountRow> known;
  if (!name.empty()) {
    auto found = people_.FindAccount(name);
    if (!found) return std::unexpected(found.error());
    known = std::move(*found);
  }
  const bool local = known && !known->account.from_directory();
  // Before anything else is asked, so that no name costs less, or more.
  const bool right = hasher_.Verify(local ? known->password_hash : "", attempt.password);
  if (local && !right) return Refuse(attempt, name, "wrong password");
  if (known && known->account.disabled()) return Refuse(attempt, name, "the account is disabled");
  Result<AccountRow> account = local ? std::move(*known) : AskDirectory(attempt, name, known);
  if (!account) return std::unexpected(account.error());
  const bool second_factor = !account->totp_secret.empty();
  if (second_factor) {
    if (attempt.code.empty()) return SignInOutcome{.code_needed = true};
    auto taken = TakeCode(*account, attempt.code, now);
    if (!taken) return std::unexpected(taken.error());
    if (!*taken) return Refuse(attempt, name, "wrong code");
  }
  Succeeded(keys);
  if (!local) {
    if (auto put = people_.PutAccount(account->account, now); !put)
      return std::unexpected(put.error());
    authenticator_.Forget(name);
  } else if (hasher_.IsOutdated(account->password_hash)) {
    const auto hash = hasher_.Hash(attempt.password);
    const auto kept = hash ? people_.SetPassword(name, *hash) : Result<bool>(false);
    if (!kept || !*kept) SPDLOG_WARN("a password could not be hashed anew; the old hash stays");
  }
  return Open(attempt, std::move(*account), second_factor, now);
}

Result<AccountRow> SignInDesk::AskDirectory(const SignInAttempt& attempt, const std::string& name,
                                            const std::optional<AccountRow>& known) {
  const std::string written = known ? name : "";
  if (!directory_ || name.empty()) return Refuse(attempt, written, "no such account");
  // A directory takes an empty password for a guest, and says yes (RFC 4513 §5.1.2).
  if (attempt.password.empty()) return Refuse(attempt, written, "no password");
  const auto person = directory_->SignIn(name, attempt.password);
  if (!person && person.error().code == Code::kUnavailable) {
    TakeBack(KeysOf(name, attempt.peer));
    audit_.NoteRefusal(By("", attempt.peer, "sign-in-refused", written,
                          "the hospital's directory does not answer"));
    return FailFor(Code::kUnavailable,
                   "the hospital's directory does not answer, so its passwords cannot be checked "
                   "now; a local account, or the break-glass account, still signs in",
                   kDirectoryAgain);
  }
  if (!person) {
    // Somebody has the name if only the password is wrong.
    const bool exists = known || person.error().code == Code::kUnauthenticated;
    return Refuse(attempt, exists ? name : "", person.error().message);
  }
  if (person->assignments.empty())
    return Refuse(attempt, name, "no group of the directory gives a role");
  AccountRow account = known.value_or(AccountRow());
  account.account = FromDirectory(name, *person);
  return account;
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
  outcome.identity = PersonOf(account, session, authenticator_.config().confirm_for);
  std::string how = account.account.from_directory() ? "by the directory" : "";
  if (second_factor) how += how.empty() ? "with a code" : ", with a code";
  AuditEntry entry = By(name, attempt.peer, "sign-in", name, how);
  if (account.account.break_glass()) {
    entry.what = "break-glass";
    entry.detail = "the break-glass account signed in";
    entry.loud = true;
  }
  audit_.Record(std::move(entry));
  return outcome;
}

Result<bool> SignInDesk::IsPassword(const AccountRow& account, const std::string& password) {
  if (!account.account.from_directory()) return hasher_.Verify(account.password_hash, password);
  if (!directory_) return false;
  const auto person = directory_->SignIn(account.account.name(), password);
  if (person) return !person->assignments.empty();
  if (person.error().code != Code::kUnavailable) return false;
  return FailFor(
      Code::kUnavailable,
      "the hospital's directory does not answer, so your password cannot be checked now; "
      "give a code of your authenticator instead",
      kDirectoryAgain);
}

Result<TimePoint> SignInDesk::Confirm(const Identity& caller, const ConfirmAttempt& attempt) {
  const TimePoint now = clock_.Now();
  if (attempt.password.empty() == attempt.code.empty())
    return Invalid({{"password", "give either the password or a code of the authenticator"}});
  if (attempt.password.size() > kLongestPassword || attempt.code.size() > kLongestCode)
    return Invalid({{"password", "must have at most 200 bytes, a code six digits"}});
  const Keys keys = KeysOf(caller.name, attempt.peer);
  if (const auto wait = BeginAttempt(keys, now); wait.count() > 0) {
    audit_.NoteRefusal(
        By(caller.name, attempt.peer, "confirm-refused", caller.name, "too many attempts"));
    return TooSoon(wait);
  }
  auto account = people_.FindAccount(caller.name);
  if (!account) return std::unexpected(account.error());
  if (!*account) return Fail(Code::kUnauthenticated, "this account was removed");
  const bool by_code = !attempt.code.empty();
  if (by_code && (*account)->totp_secret.empty()) {
    TakeBack(keys);
    return Fail(Code::kFailedPrecondition,
                "you have no authenticator that could give a code: give your password");
  }
  const auto right =
      by_code ? TakeCode(**account, attempt.code, now) : IsPassword(**account, attempt.password);
  if (!right) {
    TakeBack(keys);
    return std::unexpected(right.error());
  }
  if (!*right) {
    audit_.NoteRefusal(By(caller.name, attempt.peer, "confirm-refused", caller.name,
                          by_code ? "wrong code" : "wrong password"));
    return Fail(Code::kUnauthenticated, "the password or the code is wrong");
  }
  if (auto kept = people_.ConfirmSession(caller.session_id, now); !kept)
    return std::unexpected(kept.error());
  authenticator_.Forget(caller.name);
  Succeeded(keys);
  audit_.Record(By(caller.name, attempt.peer, "confirm", caller.name,
                   by_code ? "by a code" : "by the password"));
  return now + authenticator_.config().confirm_for;
}

Result<void> SignInDesk::SignOut(const Identity& caller) {
  authenticator_.EndSession(caller.session_id);
  auto ended = people_.EndSession(caller.session_id);
  if (!ended) return std::unexpected(ended.error());
  return {};
}

}  // namespace wardcast
