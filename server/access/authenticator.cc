#include "server/access/authenticator.h"

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include "base/bytes.h"
#include "base/log.h"
#include "base/named_thread.h"
#include "base/proto_time.h"
#include "server/access/admin_token.h"
#include "server/access/endpoint_identity.h"
#include "server/access/people/person.h"
#include "server/access/roles/role_sets.h"
#include "server/store/people/people_store.h"

namespace wardcast {
namespace {

constexpr std::size_t kLongestSecret = 512;
// How often the use of a credential is written down.
constexpr std::chrono::minutes kNoteEvery{1};
constexpr std::chrono::hours kSweepEvery{1};
// The places of so many browsers are prolonged in one round, so that people are looked at in time.
constexpr int kProlongAtOnce = 50;

SignedInPtr Plain(Identity identity) {
  return std::make_shared<SignedIn>(std::make_shared<const Identity>(std::move(identity)), "",
                                    std::chrono::milliseconds(0), TimePoint{});
}

std::unexpected<Error> NotValid() {
  return Fail(Code::kUnauthenticated,
              "this credential is not valid, or not any more: sign in again, or get a new token");
}

const std::string& SecretOf(const Presented& presented) {
  return presented.bearer.empty() ? presented.session : presented.bearer;
}

// What is in a browser's cookie is nothing anywhere else.
bool MayBeOurs(const Presented& presented) {
  return SecretOf(presented).size() <= kLongestSecret &&
         !presented.bearer.starts_with(kBrowserPrefix);
}

}  // namespace

Authenticator::Authenticator(Store& store, const Clock& clock, AuthenticatorConfig config,
                             const EndpointGate* gate)
    : store_(store),
      clock_(clock),
      config_(config),
      gate_(gate),
      nobody_(Plain({.kind = config.insecure_loopback ? Identity::Kind::kUnproven
                                                      : Identity::Kind::kNobody})),
      local_(Plain({.kind = Identity::Kind::kLocal,
                    .name = "local",
                    .display_name = "Administrator of this machine",
                    .grants = GrantsOfRoles({v1::Role::ADMINISTRATOR, v1::Role::AUDITOR})})) {
  if (store_.people()) thread_ = StartThread("access", [this](const std::stop_token&) { Run(); });
}

Authenticator::~Authenticator() {
  {
    const MutexLock lock(mu_);
    stopping_ = true;
  }
  stop_.NotifyAll();
  if (thread_.joinable()) thread_.join();
}

SignedInPtr Authenticator::Without(const Presented& presented) const {
  if (presented.local) return local_;
  if (!SecretOf(presented).empty()) return nullptr;
  if (presented.endpoint_id.empty()) return nobody_;
  return Plain(EndpointIdentity(
      {.endpoint_id = presented.endpoint_id, .registration_id = presented.registration_id}, {}));
}

Result<void> Authenticator::CheckEndpoint(const CertifiedEndpoint& endpoint) const {
  return gate_ == nullptr ? Result<void>() : gate_->Check(endpoint);
}

SignedInPtr Authenticator::Known(const Presented& presented) {
  if (auto plain = Without(presented))
    return CheckEndpoint(EndpointOf(*plain->identity())) ? plain : nullptr;
  if (!MayBeOurs(presented)) return nullptr;
  const std::string& secret = SecretOf(presented);
  const std::string hash = Sha256Hex(secret);
  const TimePoint now = clock_.Now();
  SignedInPtr found = Find(hash, now);
  if (!found) found = FindBrowser(secret, hash, now);
  if (found && !presented.unattended) found->Use(now);
  return found;
}

SignedInPtr Authenticator::Find(const std::string& hash, TimePoint now) {
  const MutexLock lock(mu_);
  const auto found = known_.find(hash);
  if (found == known_.end() || found->second.signed_in->over(now)) return nullptr;
  const IdentityPtr identity = found->second.signed_in->identity();
  if (identity->kind == Identity::Kind::kEndpoint) {
    if (!CheckEndpoint(EndpointOf(*identity))) return nullptr;
  } else if (now - found->second.asked >= config_.remember) {
    return nullptr;
  }
  return found->second.signed_in;
}

Result<SignedInPtr> Authenticator::Authenticate(const Presented& presented) {
  if (auto plain = Without(presented)) {
    if (auto in = CheckEndpoint(EndpointOf(*plain->identity())); !in)
      return std::unexpected(in.error());
    return plain;
  }
  if (!MayBeOurs(presented)) return NotValid();
  const std::string& secret = SecretOf(presented);
  const std::string hash = Sha256Hex(secret);
  const TimePoint now = clock_.Now();
  SignedInPtr found = Find(hash, now);
  if (!found) found = FindBrowser(secret, hash, now);
  if (!found) {
    auto loaded = Load(secret, hash, now);
    if (!loaded) return loaded;
    found = std::move(*loaded);
  }
  if (!found || found->over(now)) {
    const MutexLock lock(mu_);
    if (const auto known = known_.find(hash); known != known_.end()) {
      known->second.signed_in->End();
      known_.erase(known);
    }
    return NotValid();
  }
  if (presented.unattended) return found;
  found->Use(now);
  NoteUse(hash, now);
  return found;
}

Result<SignedInPtr> Authenticator::Load(const std::string& secret, const std::string& hash,
                                        TimePoint now) {
  if (store_.people() && secret.starts_with(kSessionPrefix)) return LoadSession(secret, hash, now);
  if (store_.people() && secret.starts_with(kTokenPrefix)) return LoadToken(hash, now);
  if (gate_ && secret.starts_with(kBrowserPrefix)) return LoadBrowser(secret, hash, now);
  if (config_.insecure_loopback) return LoadAdminToken(hash, now);
  return SignedInPtr();
}

Result<SignedInPtr> Authenticator::LoadSession(const std::string& secret, const std::string& hash,
                                               TimePoint now) {
  auto row = store_.people()->FindSession(hash, now);
  if (!row) return std::unexpected(row.error());
  if (!*row) return SignedInPtr();
  const auto& [session, account] = **row;
  // What was last written may be a minute old, and so much longer it may have been used.
  if (now - session.seen_at >= config_.session_idle + kNoteEvery) return SignedInPtr();
  return Remember(hash,
                  std::make_shared<const Identity>(PersonOf(account, session, config_.confirm_for)),
                  CsrfOf(secret), config_.session_idle, now);
}

Result<SignedInPtr> Authenticator::LoadToken(const std::string& hash, TimePoint now) {
  auto token = store_.people()->FindApiToken(hash, now);
  if (!token) return std::unexpected(token.error());
  if (!*token) return SignedInPtr();
  return Remember(hash, std::make_shared<const Identity>(MachineOf(**token)), "", {}, now);
}

Result<SignedInPtr> Authenticator::LoadAdminToken(const std::string& hash, TimePoint now) {
  auto owner = store_.FindTokenOwner(hash);
  if (!owner) return std::unexpected(owner.error());
  if (!*owner) return SignedInPtr();
  Identity identity{.kind = Identity::Kind::kLoopback,
                    .name = **owner,
                    .display_name = **owner,
                    .published_as = **owner,
                    .grants = EveryGrant()};
  return Remember(hash, std::make_shared<const Identity>(std::move(identity)), "", {}, now);
}

SignedInPtr Authenticator::Remember(const std::string& hash, IdentityPtr identity,
                                    const std::string& csrf, std::chrono::milliseconds idle,
                                    TimePoint now) {
  const MutexLock lock(mu_);
  Entry& entry = known_[hash];
  entry.asked = now;
  entry.account = identity->name;
  if (entry.signed_in && !entry.signed_in->over(now)) {
    entry.signed_in->Become(std::move(identity));
  } else {
    entry.signed_in = std::make_shared<SignedIn>(std::move(identity), csrf, idle, now);
    entry.noted = TimePoint{};
  }
  return entry.signed_in;
}

void Authenticator::NoteUse(const std::string& hash, TimePoint now) {
  IdentityPtr identity;
  {
    const MutexLock lock(mu_);
    const auto found = known_.find(hash);
    if (found == known_.end() || now - found->second.noted < kNoteEvery) return;
    found->second.noted = now;
    identity = found->second.signed_in->identity();
  }
  // Not being able to say when it was used is no reason to refuse.
  Result<void> noted;
  if (identity->kind == Identity::Kind::kPerson) {
    noted = store_.people()->TouchSession(hash, now);
  } else if (identity->kind == Identity::Kind::kToken) {
    noted = store_.people()->TouchApiToken(identity->token_id, now);
  }
  if (!noted) SPDLOG_DEBUG("the use of a credential was not noted: {}", noted.error().message);
}

void Authenticator::EndSession(const std::string& session_id) {
  const MutexLock lock(mu_);
  std::erase_if(known_, [&](const auto& entry) {
    if (entry.second.signed_in->identity()->session_id != session_id) return false;
    entry.second.signed_in->End();
    return true;
  });
}

void Authenticator::EndAccount(const std::string& account, const std::string& except_session) {
  const MutexLock lock(mu_);
  std::erase_if(known_, [&](const auto& entry) {
    const IdentityPtr identity = entry.second.signed_in->identity();
    if (identity->name != account || identity->kind != Identity::Kind::kPerson) return false;
    if (!except_session.empty() && identity->session_id == except_session) return false;
    entry.second.signed_in->End();
    return true;
  });
}

void Authenticator::EndToken(const std::string& token_id) {
  const MutexLock lock(mu_);
  std::erase_if(known_, [&](const auto& entry) {
    if (entry.second.signed_in->identity()->token_id != token_id) return false;
    entry.second.signed_in->End();
    return true;
  });
}

void Authenticator::Forget(const std::string& account) {
  const MutexLock lock(mu_);
  for (auto& [hash, entry] : known_) {
    if (entry.account == account) entry.asked = TimePoint{};
  }
}

void Authenticator::Run() {
  TimePoint swept{};
  for (;;) {
    {
      const MutexLock lock(mu_);
      if (!stopping_) stop_.WaitFor(mu_, config_.remember);
      if (stopping_) return;
    }
    LookAgain();
    const TimePoint now = clock_.Now();
    if (now - swept < kSweepEvery) continue;
    swept = now;
    if (auto done = store_.people()->SweepPeople(now); !done)
      SPDLOG_WARN("sessions that are over were not removed: {}", LogSafe(done.error().message));
  }
}

// Credentials that nobody uses are forgotten; of those whose connections are open the store is
// asked whether they still hold. A store that does not answer ends nobody's session.
void Authenticator::LookAgain() {
  const TimePoint now = clock_.Now();
  std::vector<std::pair<std::string, SignedInPtr>> open;
  {
    const MutexLock lock(mu_);
    std::erase_if(known_, [&](const auto& entry) {
      return entry.second.signed_in.use_count() == 1 &&
             now - entry.second.asked >= kNoteEvery + config_.remember;
    });
    for (const auto& [hash, entry] : known_) {
      if (entry.signed_in.use_count() > 1) open.emplace_back(hash, entry.signed_in);
    }
  }
  int prolonged = 0;
  for (const auto& [hash, signed_in] : open) {
    const IdentityPtr identity = signed_in->identity();
    switch (identity->kind) {
      case Identity::Kind::kPerson: {
        auto row = store_.people()->FindSession(hash, now);
        if (!row) return;
        if (!*row) {
          signed_in->End();
        } else {
          signed_in->Become(std::make_shared<const Identity>(
              PersonOf((*row)->second, (*row)->first, config_.confirm_for)));
        }
        break;
      }
      case Identity::Kind::kToken: {
        auto token = store_.people()->FindApiToken(hash, now);
        if (!token) return;
        if (!*token) signed_in->End();
        break;
      }
      case Identity::Kind::kEndpoint: {
        if (!LookAtBrowser(*signed_in, prolonged < kProlongAtOnce, now)) prolonged = kProlongAtOnce;
        if (signed_in->identity() != identity) ++prolonged;
        break;
      }
      case Identity::Kind::kNobody:
      case Identity::Kind::kLocal:
      case Identity::Kind::kLoopback:
      case Identity::Kind::kUnproven:
        break;
    }
  }
}

}  // namespace wardcast
