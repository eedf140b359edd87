// Bytes as text for places that cannot hold bytes: hexadecimal, base64 (RFC 4648 §4), digests and
// random tokens.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace wardcast {

std::string ToHex(std::string_view bytes);
std::string ToBase64(std::string_view bytes);
// kInvalidArgument: not base64 with padding.
Result<std::string> FromBase64(std::string_view text);
// SHA-256 as 64 hexadecimal digits.
std::string Sha256Hex(std::string_view bytes);
// `bytes` random bytes in hexadecimal, from OpenSSL's generator.
std::string RandomHex(int bytes);
// Compares in a time that does not depend on where the difference is.
bool SameSecret(std::string_view a, std::string_view b);

}  // namespace wardcast
