// The secrets that the broker makes: of sessions, tokens and enrolled browsers. The store has their
// SHA-256 only.
#pragma once

#include <string>

namespace wardcast {

// What secrets begin with, so that nobody takes one for another, and scanners find them.
inline constexpr char kSessionPrefix[] = "wcs_";
inline constexpr char kTokenPrefix[] = "wct_";
inline constexpr char kBrowserPrefix[] = "wce_";

std::string NewSecret(const char* prefix);

// What a page must send beside the cookie that holds `secret`.
std::string CsrfOf(const std::string& secret);

}  // namespace wardcast
