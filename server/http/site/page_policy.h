// What a page may load: one Content-Security-Policy per page (docs/http.md).
#pragma once

#include <string>
#include <string_view>

namespace wardcast {

// The literal in index.html that becomes the nonce.
inline constexpr std::string_view kNonceMark = "__CSP_NONCE__";

// 128 fresh random bits, in the alphabet of a CSP nonce.
std::string FreshNonce();

// `page` with every kNonceMark replaced.
std::string StampNonce(std::string_view page, std::string_view nonce);

// The console: styles with this nonce, because its component library writes style elements.
std::string ConsolePolicy(std::string_view nonce);

// Receiver, wall and every other page: no nonce, and text becomes HTML only through a policy
// (trusted types).
std::string PagePolicy();

}  // namespace wardcast
