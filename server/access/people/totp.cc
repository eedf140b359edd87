#include "server/access/people/totp.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

#include <array>
#include <stdexcept>
#include <string_view>

#include "base/bytes.h"

namespace wardcast {
namespace {

constexpr std::string_view kBase32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
constexpr std::size_t kSecretBytes = 20;
constexpr std::chrono::seconds kStep{30};

std::string ToBase32(std::string_view bytes) {
  std::string text;
  unsigned buffer = 0;
  int bits = 0;
  for (const char c : bytes) {
    buffer = buffer << 8 | static_cast<unsigned char>(c);
    for (bits += 8; bits >= 5; bits -= 5) text += kBase32[buffer >> (bits - 5) & 31];
  }
  if (bits > 0) text += kBase32[buffer << (5 - bits) & 31];
  return text;
}

std::optional<std::string> FromBase32(std::string_view text) {
  std::string bytes;
  unsigned buffer = 0;
  int bits = 0;
  for (const char c : text) {
    const auto value = kBase32.find(c);
    if (value == std::string_view::npos) return std::nullopt;
    buffer = buffer << 5 | static_cast<unsigned>(value);
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes += static_cast<char>(buffer >> bits & 0xff);
    }
  }
  return bytes;
}

}  // namespace

std::string NewTotpSecret() {
  std::array<unsigned char, kSecretBytes> bytes{};
  if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1)
    throw std::runtime_error("no random numbers");
  return ToBase32({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

std::optional<std::string> TotpCode(const std::string& secret, std::int64_t step, int digits) {
  const auto key = FromBase32(secret);
  if (!key) return std::nullopt;
  std::array<unsigned char, 8> counter{};
  for (int i = 0; i < 8; ++i)
    counter[static_cast<std::size_t>(i)] = static_cast<unsigned char>(step >> (56 - 8 * i));
  std::array<unsigned char, EVP_MAX_MD_SIZE> mac{};
  unsigned size = 0;
  if (HMAC(EVP_sha1(), key->data(), static_cast<int>(key->size()), counter.data(), counter.size(),
           mac.data(), &size) == nullptr)
    return std::nullopt;
  const std::size_t at = mac[size - 1] & 0xf;
  const std::uint32_t number = (mac[at] & 0x7fu) << 24 | std::uint32_t{mac[at + 1]} << 16 |
                               std::uint32_t{mac[at + 2]} << 8 | mac[at + 3];
  std::uint32_t modulus = 1;
  for (int i = 0; i < digits; ++i) modulus *= 10;
  std::string code = std::to_string(number % modulus);
  code.insert(0, static_cast<std::size_t>(digits) - code.size(), '0');
  return code;
}

std::optional<std::int64_t> TotpStepOf(const std::string& secret, const std::string& code,
                                       TimePoint now) {
  const std::int64_t current = now.time_since_epoch() / kStep;
  for (const std::int64_t step : {current, current - 1, current + 1}) {
    const auto expected = TotpCode(secret, step);
    if (expected && SameSecret(*expected, code)) return step;
  }
  return std::nullopt;
}

std::string TotpUri(const std::string& account, const std::string& secret) {
  // Names of accounts need no escaping but for '@'.
  std::string name;
  for (const char c : account) name += c == '@' ? std::string("%40") : std::string(1, c);
  return "otpauth://totp/Wardcast:" + name + "?secret=" + secret +
         "&issuer=Wardcast&algorithm=SHA1&digits=6&period=30";
}

}  // namespace wardcast
