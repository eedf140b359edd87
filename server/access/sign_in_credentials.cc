// SignInDesk: what people keep, links, passwords and authenticators.
#include <utility>

#include "base/bytes.h"
#include "server/access/people/totp.h"
#include "server/access/sign_in.h"

namespace wardcast {
namespace {

constexpr std::size_t kLongestOwnCode = 10;

}  // namespace

Result<void> SignInDesk::BeginGuess(const std::string& account) {
  const TimePoint now = clock_.Now();
  const MutexLock lock(mu_);
  const auto wait = accounts_.WaitFor(account, now);
  if (wait.count() > 0)
    return FailFor(Code::kResourceExhausted, "too many attempts; try again later", wait);
  accounts_.Begin(account, now);
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
  const Keys keys = KeysOf(caller.name, peer);
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
    auto taken = TakeCode(**account, code.substr(0, kLongestOwnCode), clock_.Now());
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
  const auto step = TotpStepOf(pending, code.substr(0, kLongestOwnCode), now);
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
