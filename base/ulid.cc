#include "base/ulid.h"

#include <openssl/rand.h>

#include <array>
#include <cstdint>
#include <stdexcept>

namespace wardcast {
namespace {

constexpr std::string_view kAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr int kTimeDigits = 10;
constexpr int kRandomDigits = 16;

}  // namespace

std::string NewUlid(TimePoint now) {
  std::array<unsigned char, kRandomDigits> random{};
  if (RAND_bytes(random.data(), random.size()) != 1)
    throw std::runtime_error("no random numbers from OpenSSL");
  std::string text(kTimeDigits + kRandomDigits, '0');
  auto millis = static_cast<std::uint64_t>(now.time_since_epoch().count());
  for (int i = kTimeDigits - 1; i >= 0; --i, millis >>= 5) text[i] = kAlphabet[millis & 31];
  for (int i = 0; i < kRandomDigits; ++i) text[kTimeDigits + i] = kAlphabet[random[i] & 31];
  return text;
}

bool IsUlid(std::string_view text) {
  return text.size() == kTimeDigits + kRandomDigits && text[0] <= '7' &&
         text.find_first_not_of(kAlphabet) == std::string_view::npos;
}

}  // namespace wardcast
