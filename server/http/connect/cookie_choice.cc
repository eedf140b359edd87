#include "server/http/connect/cookie_choice.h"

#include <utility>

#include "base/bytes.h"
#include "server/access/secrets/secret.h"
#include "server/http/wire/cookie.h"

namespace wardcast {

BrowserCookies CookiesOf(const RequestHead& head, Scheme scheme) {
  BrowserCookies cookies{.session = SessionCookie(head, scheme),
                         .endpoint = EndpointCookie(head, scheme)};
  if (cookies.session.starts_with(kBrowserPrefix)) cookies.session.clear();
  if (!cookies.endpoint.starts_with(kBrowserPrefix)) cookies.endpoint.clear();
  return cookies;
}

const std::string* CookieFor(const BrowserCookies& cookies, std::string_view token) {
  for (const std::string* cookie : {&cookies.session, &cookies.endpoint}) {
    if (!cookie->empty() && SameSecret(token, CsrfOf(*cookie))) return cookie;
  }
  return nullptr;
}

std::string CookieOfCall(const RequestHead& head, std::string_view method, Scheme scheme) {
  BrowserCookies cookies = CookiesOf(head, scheme);
  if (method == "wardcast.v1.AccessService/WhoAmI")
    return head.Get("x-wardcast-as") == "endpoint" ? cookies.endpoint : cookies.session;
  if (method == "wardcast.v1.AccessService/SignIn") return cookies.session;
  if (method == "wardcast.v1.EndpointService/EnrollBrowser") return cookies.endpoint;
  // A cookie comes with every request of this browser, also with those that no page of ours made.
  if (!head.Has("x-wardcast-csrf")) return {};
  if (const std::string* cookie = CookieFor(cookies, head.Get("x-wardcast-csrf"))) return *cookie;
  return cookies.session.empty() ? cookies.endpoint : cookies.session;
}

}  // namespace wardcast
