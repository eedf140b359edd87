#include "server/http/wire/cookie.h"

namespace wardcast {
namespace {

constexpr std::size_t kLongestCookie = 200;

// With the prefix a browser takes it from no other host and from no plain text.
std::string NameOf(std::string_view what, Scheme scheme) {
  return std::string(scheme == Scheme::kHttps ? "__Host-" : "") + "wardcast-" + std::string(what);
}

constexpr std::string_view kSession = "session";
constexpr std::string_view kEndpoint = "endpoint";

Header SetCookie(std::string_view what, std::string_view value, std::string_view more,
                 Scheme scheme) {
  std::string text = NameOf(what, scheme);
  text += '=';
  text += value;
  text += "; Path=/; HttpOnly; SameSite=Strict";
  if (scheme == Scheme::kHttps) text += "; Secure";
  text += more;
  return {"Set-Cookie", std::move(text)};
}

std::string Find(const RequestHead& head, const std::string& name) {
  std::string_view rest = head.Get("cookie");
  while (!rest.empty()) {
    std::string_view one = rest.substr(0, rest.find(';'));
    rest.remove_prefix(one.size() == rest.size() ? one.size() : one.size() + 1);
    while (one.starts_with(' ')) one.remove_prefix(1);
    if (!one.starts_with(name) || one.substr(name.size()).substr(0, 1) != "=") continue;
    const std::string_view value = one.substr(name.size() + 1);
    return value.size() <= kLongestCookie ? std::string(value) : std::string();
  }
  return {};
}

}  // namespace

std::string SessionCookie(const RequestHead& head, Scheme scheme) {
  return Find(head, NameOf(kSession, scheme));
}

std::string EndpointCookie(const RequestHead& head, Scheme scheme) {
  return Find(head, NameOf(kEndpoint, scheme));
}

Header GiveSessionCookie(std::string_view secret, Scheme scheme) {
  return SetCookie(kSession, secret, "", scheme);
}

Header TakeSessionCookie(Scheme scheme) { return SetCookie(kSession, "", "; Max-Age=0", scheme); }

Header GiveEndpointCookie(std::string_view secret, std::chrono::seconds life, Scheme scheme) {
  return SetCookie(kEndpoint, secret, "; Max-Age=" + std::to_string(life.count()), scheme);
}

}  // namespace wardcast
