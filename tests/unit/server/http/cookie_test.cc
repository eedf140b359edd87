// The session's cookie: what is read of a head, and what a browser is told about it.
#include "server/http/wire/cookie.h"

#include <gtest/gtest.h>

#include "server/http/connect/session_answer.h"
#include "wardcast/v1/access_service.pb.h"

namespace wardcast {
namespace {

RequestHead WithCookies(const std::string& cookies) {
  return {.method = "POST", .target = "/", .headers = {{"cookie", cookies}}};
}

TEST(Cookie, IsFoundAmongOthersByItsWholeName) {
  EXPECT_EQ(SessionCookie(WithCookies("wardcast-session=abc"), Scheme::kHttp), "abc");
  EXPECT_EQ(SessionCookie(WithCookies("a=b; wardcast-session=abc; c=d"), Scheme::kHttp), "abc");
  EXPECT_EQ(SessionCookie(WithCookies("__Host-wardcast-session=abc"), Scheme::kHttps), "abc");
  EXPECT_EQ(SessionCookie(WithCookies("x-wardcast-session=abc"), Scheme::kHttp), "");
  EXPECT_EQ(SessionCookie(WithCookies("wardcast-session-2=abc"), Scheme::kHttp), "");
  EXPECT_EQ(SessionCookie(WithCookies(""), Scheme::kHttp), "");
  EXPECT_EQ(SessionCookie(WithCookies(";;; ;="), Scheme::kHttp), "");
}

TEST(Cookie, OfPlainTextMeansNothingWithTls) {
  EXPECT_EQ(SessionCookie(WithCookies("wardcast-session=planted"), Scheme::kHttps), "");
}

TEST(Cookie, OfAnyLengthIsNotKept) {
  EXPECT_EQ(SessionCookie(WithCookies("wardcast-session=" + std::string(201, 'x')), Scheme::kHttp),
            "");
}

TEST(Cookie, IsOutOfReachOfScriptsAndOtherSites) {
  EXPECT_EQ(GiveSessionCookie("abc", Scheme::kHttps).value,
            "__Host-wardcast-session=abc; Path=/; HttpOnly; SameSite=Strict; Secure");
  EXPECT_EQ(GiveSessionCookie("abc", Scheme::kHttp).value,
            "wardcast-session=abc; Path=/; HttpOnly; SameSite=Strict");
  EXPECT_EQ(TakeSessionCookie(Scheme::kHttps).value,
            "__Host-wardcast-session=; Path=/; HttpOnly; SameSite=Strict; Secure; Max-Age=0");
}

TEST(Cookie, OfAnEndpointIsKeptAndAsMuchOutOfReach) {
  EXPECT_EQ(GiveEndpointCookie("wce_abc", std::chrono::days(400), Scheme::kHttps).value,
            "__Host-wardcast-endpoint=wce_abc; Path=/; HttpOnly; SameSite=Strict; Secure; "
            "Max-Age=34560000");
  EXPECT_EQ(GiveEndpointCookie("wce_abc", std::chrono::seconds(5), Scheme::kHttp).value,
            "wardcast-endpoint=wce_abc; Path=/; HttpOnly; SameSite=Strict; Max-Age=5");
  EXPECT_EQ(EndpointCookie(WithCookies("__Host-wardcast-endpoint=wce_abc"), Scheme::kHttps),
            "wce_abc");
  EXPECT_EQ(EndpointCookie(WithCookies("__Host-wardcast-session=abc"), Scheme::kHttps), "");
}

TEST(SessionAnswer, ABrowsersSecretIsInTheCookieAndNotInTheAnswer) {
  v1::SignInRequest request;
  v1::SignInResponse answer;
  answer.set_token("secret");
  const auto header = SessionHeaderOf(WantsToken(request), answer, Scheme::kHttps);
  ASSERT_TRUE(header);
  EXPECT_EQ(header->name, "Set-Cookie");
  EXPECT_NE(header->value.find("secret"), std::string::npos);
  EXPECT_EQ(answer.token(), "");
}

TEST(SessionAnswer, AProgramGetsWhatItAskedForAndNoCookie) {
  v1::SignInRequest request;
  request.set_want_token(true);
  v1::SignInResponse answer;
  answer.set_token("secret");
  EXPECT_FALSE(SessionHeaderOf(WantsToken(request), answer, Scheme::kHttps));
  EXPECT_EQ(answer.token(), "secret");
}

TEST(SessionAnswer, SigningOutTakesTheCookieAway) {
  v1::SignOutResponse answer;
  ASSERT_TRUE(SessionHeaderOf(false, answer, Scheme::kHttp));
  v1::WhoAmIResponse other;
  EXPECT_FALSE(SessionHeaderOf(false, other, Scheme::kHttp));
}

}  // namespace
}  // namespace wardcast
