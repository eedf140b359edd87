#include "server/access/authenticator.h"

#include <chrono>

#include "base/bytes.h"

namespace wardcast {
namespace {

// A replaced token stops to work within this time.
constexpr std::chrono::seconds kRemember{30};
constexpr std::size_t kLongestToken = 512;

}  // namespace

std::optional<std::string> Authenticator::Known(const std::string& bearer) {
  if (bearer.empty() || bearer.size() > kLongestToken) return std::nullopt;
  return Find(Sha256Hex(bearer), clock_.Now());
}

std::optional<std::string> Authenticator::Find(const std::string& hash, TimePoint now) {
  const MutexLock lock(mu_);
  const auto known = known_.find(hash);
  if (known == known_.end() || now - known->second.asked >= kRemember) return std::nullopt;
  return known->second.owner;
}

Result<std::string> Authenticator::Authenticate(const std::string& bearer) {
  if (bearer.empty()) {
    return Fail(Code::kUnauthenticated,
                "this call needs a token: send `Authorization: Bearer TOKEN`, or set "
                "WARDCAST_TOKEN for the command line; "
                "the broker's own is in DATA_DIR/admin.token");
  }
  if (bearer.size() > kLongestToken) return Fail(Code::kUnauthenticated, "this token is not valid");
  const std::string hash = Sha256Hex(bearer);
  const TimePoint now = clock_.Now();
  if (auto owner = Find(hash, now)) return *owner;
  auto owner = store_.FindTokenOwner(hash);
  if (!owner) return std::unexpected(owner.error());
  const MutexLock lock(mu_);
  if (!*owner) {
    known_.erase(hash);
    return Fail(Code::kUnauthenticated,
                "this token is not valid; the broker's own is in DATA_DIR/admin.token");
  }
  known_[hash] = {.owner = **owner, .asked = now};
  return **owner;
}

}  // namespace wardcast
