// Passwords: Argon2id by libsodium, which alone is known here.
#pragma once

#include <atomic>
#include <cstdint>
#include <string>

#include "base/result.h"

namespace wardcast {

// How much work a guess costs. Changing it makes hashes of before be replaced at the next sign-in.
struct PasswordCost {
  std::uint64_t operations = 3;
  std::size_t memory_bytes = std::size_t{64} << 20;
};

// The longest password, in bytes; longer ones are refused before anything is computed.
inline constexpr std::size_t kLongestPassword = 200;

// Threads: any; Hash and Verify take about a tenth of a second and PasswordCost::memory_bytes, so
// whoever calls them bounds how many run at once.
class PasswordHasher {
 public:
  // Throws std::runtime_error if libsodium cannot start, or there is not enough memory for one
  // hash.
  explicit PasswordHasher(PasswordCost cost = {});

  // "$argon2id$v=19$m=65536,t=3,p=1$…". kResourceExhausted: no memory.
  Result<std::string> Hash(const std::string& password);
  // True if `password` is the one of `hash`. An empty `hash` (an unknown account, one without a
  // password) is compared with a hash that no password has: it costs the same and is false.
  bool Verify(const std::string& hash, const std::string& password);
  // The hash was made with another cost.
  bool IsOutdated(const std::string& hash) const;

  // How often Verify has computed; for tests and metrics.
  std::uint64_t verifications() const { return verifications_; }

 private:
  const PasswordCost cost_;
  std::string nobodys_;
  std::atomic<std::uint64_t> verifications_ = 0;
};

// Why `password` cannot be taken for `account`; empty: it can. 12 to 200 bytes, UTF-8, none of the
// most common ones, not made of the account's name.
std::string PasswordProblem(const std::string& password, const std::string& account);

}  // namespace wardcast
