// One-time codes of an authenticator: RFC 6238 with SHA-1, 30 s, 6 digits, as every app knows them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/clock.h"

namespace wardcast {

// A new secret: 160 random bits in base32 without padding (RFC 4648 §6).
std::string NewTotpSecret();

// RFC 4226 for a counter; nullopt: `secret` is not base32. `digits`: 6 to 8.
std::optional<std::string> TotpCode(const std::string& secret, std::int64_t step, int digits = 6);

// The 30 s step that `code` belongs to: that of `now`, the one before or the one after, as clocks
// differ; nullopt: none of them. A step that was taken before must not be taken again: that is for
// the store to say.
std::optional<std::int64_t> TotpStepOf(const std::string& secret, const std::string& code,
                                       TimePoint now);

// "otpauth://totp/Wardcast:ann?secret=…&issuer=Wardcast".
std::string TotpUri(const std::string& account, const std::string& secret);

}  // namespace wardcast
