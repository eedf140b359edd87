// Which of a browser's two cookies counts. On a ward PC both may be there: of the endpoint that the
// browser is, and of a person who has signed in to the console on it. The rule, for calls and
// frames alike:
//
//  - A bearer token counts alone; no cookie is looked at.
//  - A page says which cookie it means by the token that belongs to it (CsrfOf): as X-Wardcast-Csrf
//    with a call, as `token` of a frame. One call is made with one cookie, and has the rights of
//    that one: never of both, and never of one with the other's token.
//  - Three calls are made before a page has its token. WhoAmI is asked about the endpoint with the
//    header `X-Wardcast-As: endpoint`, without it about the person; SignIn is made with the
//    person's cookie, which it replaces; EnrollBrowser with the endpoint's.
#pragma once

#include <string>
#include <string_view>

#include "server/http/wire/origin.h"
#include "server/http/wire/request_head.h"

namespace wardcast {

// Empty: there is none. A value that is not of its cookie's kind counts as none.
struct BrowserCookies {
  std::string session;
  std::string endpoint;
};

BrowserCookies CookiesOf(const RequestHead& head, Scheme scheme);

// The cookie that `token` belongs to; nullptr: neither.
const std::string* CookieFor(const BrowserCookies& cookies, std::string_view token);

// The cookie that a call without a bearer token is made with; empty: none. If the call's token
// belongs to neither, it is one that does not fit the token, and is refused for that.
std::string CookieOfCall(const RequestHead& head, std::string_view method, Scheme scheme);

}  // namespace wardcast
