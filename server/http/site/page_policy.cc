#include "server/http/site/page_policy.h"

#include "base/bytes.h"

namespace wardcast {
namespace {

std::string Policy(std::string_view style_nonce) {
  std::string policy = "default-src 'none'; script-src 'self'; style-src 'self'";
  if (!style_nonce.empty()) policy.append(" 'nonce-").append(style_nonce).append("'");
  policy +=
      "; img-src 'self' data:; font-src 'self'; media-src 'self'; connect-src 'self'; manifest-src "
      "'self'; "
      "worker-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
  return policy;
}

}  // namespace

std::string FreshNonce() { return RandomHex(16); }

std::string StampNonce(std::string_view page, std::string_view nonce) {
  std::string stamped;
  stamped.reserve(page.size() + 64);
  for (;;) {
    const auto mark = page.find(kNonceMark);
    stamped += page.substr(0, mark);
    if (mark == std::string_view::npos) return stamped;
    stamped += nonce;
    page.remove_prefix(mark + kNonceMark.size());
  }
}

std::string ConsolePolicy(std::string_view nonce) { return Policy(nonce); }

std::string PagePolicy() { return Policy({}) + "; require-trusted-types-for 'script'"; }

}  // namespace wardcast
