#include "server/access/people/password.h"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <stdexcept>
#include <string_view>

#include "base/bytes.h"

namespace wardcast {
namespace {

constexpr std::size_t kShortestPassword = 12;
constexpr int kRandomBytes = 32;

// Long enough to pass for twelve characters, and tried first by everybody who guesses. Compared in
// small letters.
constexpr auto kCommon = std::to_array<std::string_view>({
    "123456789012",     "1234567890123",  "12345678901234",  "111111111111",     "000000000000",
    "passwordpassword", "password1234",   "password12345",   "password123456",   "passw0rd1234",
    "administrator",    "administrator1", "adminadminadmin", "qwertyuiop12",     "qwertyuiop123",
    "qwertyuiopas",     "qwertyuiopasdf", "qwerty123456",    "1q2w3e4r5t6y",     "1qaz2wsx3edc",
    "abcdefghijkl",     "abcdefghijklm",  "abcd12345678",    "abc123456789",     "iloveyou1234",
    "letmeinletmein",   "welcome12345",   "welcome123456",   "changemechangeme", "changeme1234",
    "changeme12345",    "hospital1234",   "hospital12345",   "wardcastwardcast", "wardcast1234",
    "wardcast12345",    "summer202500",   "winter202500",    "p@ssw0rd1234",     "p@ssword1234",
});

std::string Lower(std::string_view text) {
  std::string lower(text);
  std::ranges::transform(lower, lower.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return lower;
}

}  // namespace

PasswordHasher::PasswordHasher(PasswordCost cost) : cost_(cost) {
  if (sodium_init() < 0) throw std::runtime_error("libsodium cannot start");
  auto hash = Hash(RandomHex(kRandomBytes));
  if (!hash) throw std::runtime_error(hash.error().message);
  nobodys_ = std::move(*hash);
}

Result<std::string> PasswordHasher::Hash(const std::string& password) {
  std::array<char, crypto_pwhash_STRBYTES> text{};
  if (crypto_pwhash_str_alg(text.data(), password.data(), password.size(), cost_.operations,
                            cost_.memory_bytes, crypto_pwhash_ALG_ARGON2ID13) != 0) {
    return Fail(Code::kResourceExhausted, "there is not enough memory to store a password: " +
                                              std::to_string(cost_.memory_bytes >> 20) +
                                              " MiB are needed for a moment");
  }
  return std::string(text.data());
}

bool PasswordHasher::Verify(const std::string& hash, const std::string& password) {
  ++verifications_;
  const std::string& against = hash.empty() ? nobodys_ : hash;
  const bool same =
      crypto_pwhash_str_verify(against.c_str(), password.data(), password.size()) == 0;
  return same && !hash.empty();
}

bool PasswordHasher::IsOutdated(const std::string& hash) const {
  return crypto_pwhash_str_needs_rehash(hash.c_str(), cost_.operations, cost_.memory_bytes) != 0;
}

std::string PasswordProblem(const std::string& password, const std::string& account) {
  if (password.size() < kShortestPassword)
    return "must have at least 12 characters; a sentence is easy to remember";
  if (password.size() > kLongestPassword) return "must have at most 200 bytes";
  const std::string lower = Lower(password);
  if (std::ranges::find(kCommon, lower) != kCommon.end())
    return "is one of the passwords that everybody tries first";
  if (std::ranges::count(lower, lower.front()) == static_cast<std::ptrdiff_t>(lower.size()))
    return "must not be one character over and over";
  if (!account.empty() && lower.find(Lower(account)) != std::string::npos && account.size() >= 4)
    return "must not hold the name of the account";
  return {};
}

}  // namespace wardcast
