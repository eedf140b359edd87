// Ids that sort by time: 48 bits of milliseconds and 80 random bits in Crockford's base 32, 26
// characters.
#pragma once

#include <string>
#include <string_view>

#include "base/clock.h"

namespace wardcast {

// Random bits come from OpenSSL's generator. Any thread.
std::string NewUlid(TimePoint now);

// True if `text` has the form of a ULID (26 characters of Crockford's alphabet, upper case, at most
// 7Z…).
bool IsUlid(std::string_view text);

}  // namespace wardcast
