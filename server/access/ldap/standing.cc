#include "server/access/ldap/standing.h"

#include <charconv>
#include <cstdint>
#include <optional>

namespace wardcast {
namespace {

constexpr const char* kControl = "userAccountControl";
constexpr const char* kExpires = "accountExpires";
constexpr const char* kLockedSince = "pwdAccountLockedTime";
constexpr const char* kLocked = "nsAccountLock";

constexpr std::int64_t kDisabledBit = 0x2;
// Active Directory counts 100 ns from 1601; zero and the largest number mean never.
constexpr std::int64_t kTicksPerMilli = 10'000;
constexpr std::int64_t kMillisFrom1601 = 11'644'473'600'000;
// "Locked until an administrator unlocks it".
constexpr const char* kForGood = "000001010000Z";

std::optional<std::int64_t> NumberIn(const LdapEntry& entry, const char* attribute) {
  const std::string text = entry.First(attribute);
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || text.empty()) return std::nullopt;
  return number;
}

}  // namespace

std::vector<std::string> StandingAttributes() {
  return {kControl, kExpires, kLockedSince, kLocked};
}

std::string StandsNoMore(const LdapEntry& entry, TimePoint now) {
  if (const auto control = NumberIn(entry, kControl); control && (*control & kDisabledBit) != 0)
    return "disabled in the directory";
  if (const auto ticks = NumberIn(entry, kExpires); ticks && *ticks > 0 && *ticks != INT64_MAX) {
    const TimePoint ends{std::chrono::milliseconds(*ticks / kTicksPerMilli - kMillisFrom1601)};
    if (ends <= now) return "expired in the directory";
  }
  if (entry.First(kLockedSince) == kForGood) return "locked in the directory";
  const std::string locked = entry.First(kLocked);
  if (locked == "TRUE" || locked == "true") return "locked in the directory";
  return {};
}

}  // namespace wardcast
