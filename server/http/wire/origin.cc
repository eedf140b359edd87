#include "server/http/wire/origin.h"

#include <algorithm>

#include "server/http/wire/request_head.h"

namespace wardcast {
namespace {

std::string_view WithoutDefaultPort(std::string_view host, std::string_view port) {
  if (host.ends_with(port)) host.remove_suffix(port.size());
  return host;
}

// "[::1]:7480" → "[::1]", "localhost:7480" → "localhost".
std::string_view WithoutPort(std::string_view host) {
  const auto colon = host.rfind(':');
  const auto bracket = host.rfind(']');
  if (colon == std::string_view::npos || (bracket != std::string_view::npos && bracket > colon))
    return host;
  return host.substr(0, colon);
}

}  // namespace

bool IsOwnOrigin(std::string_view origin, std::string_view host, Scheme scheme) {
  const std::string_view begin = scheme == Scheme::kHttps ? "https://" : "http://";
  const std::string_view port = scheme == Scheme::kHttps ? ":443" : ":80";
  if (host.empty() || !origin.starts_with(begin)) return false;
  return SameIgnoringCase(WithoutDefaultPort(origin.substr(begin.size()), port),
                          WithoutDefaultPort(host, port));
}

bool IsLoopbackName(std::string_view host) {
  const std::string_view name = WithoutPort(host);
  if (SameIgnoringCase(name, "localhost") || name == "[::1]" || host == "::1") return true;
  constexpr std::string_view kSuffix = ".localhost";
  if (name.size() > kSuffix.size() &&
      SameIgnoringCase(name.substr(name.size() - kSuffix.size()), kSuffix))
    return true;
  return name.starts_with("127.") && std::count(name.begin(), name.end(), '.') == 3 &&
         name.find_first_not_of("0123456789.") == std::string_view::npos;
}

}  // namespace wardcast
