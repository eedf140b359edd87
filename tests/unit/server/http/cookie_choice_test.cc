// Which of the two cookies of a browser a call is made with, and what an enrolled browser is given.
#include "server/http/connect/cookie_choice.h"

#include <gtest/gtest.h>

#include "base/bytes.h"
#include "base/proto_time.h"
#include "server/access/secrets/secret.h"
#include "server/http/connect/connect_call.h"
#include "server/http/connect/endpoint_answer.h"
#include "wardcast/v1/access_service.pb.h"
#include "wardcast/v1/endpoint_service.pb.h"

namespace wardcast {
namespace {

constexpr char kPerson[] = "wcs_person";
constexpr char kWard[] = "wce_ward";
constexpr char kWho[] = "wardcast.v1.AccessService/WhoAmI";
constexpr char kReport[] = "wardcast.v1.EndpointService/Report";

// A call of a browser that has both cookies, unless `cookies` says otherwise.
RequestHead BrowserCall(const std::string& method, std::vector<Header> headers,
                        const std::string& cookies =
                            "__Host-wardcast-session=wcs_person; "
                            "__Host-wardcast-endpoint=wce_ward") {
  RequestHead head{.method = "POST", .target = "/" + method, .headers = std::move(headers)};
  head.headers.push_back({"host", "localhost:7480"});
  head.headers.push_back({"content-type", "application/json"});
  head.headers.push_back({"cookie", cookies});
  return head;
}

std::string SecretOf(const RequestHead& head) {
  const auto call = ReadConnectCall(head, Scheme::kHttps);
  return call ? call->caller.session : "refused";
}

TEST(CookieChoice, ThePagesTokenSaysWhichOneIsMeant) {
  EXPECT_EQ(SecretOf(BrowserCall(kReport, {{"x-wardcast-csrf", CsrfOf(kWard)}})), kWard);
  EXPECT_EQ(SecretOf(BrowserCall(kReport, {{"x-wardcast-csrf", CsrfOf(kPerson)}})), kPerson);
  EXPECT_EQ(SecretOf(BrowserCall(kReport, {})), "") << "without a token none counts";
  const std::string guess = SecretOf(BrowserCall(kReport, {{"x-wardcast-csrf", "guess"}}));
  EXPECT_NE(CsrfOf(guess), "guess") << "refused, because the token does not fit";
}

TEST(CookieChoice, ABearerTokenCountsAlone) {
  const auto call = ReadConnectCall(BrowserCall(kReport, {{"authorization", "Bearer wct_machine"},
                                                          {"x-wardcast-csrf", CsrfOf(kWard)}}),
                                    Scheme::kHttps);
  ASSERT_TRUE(call);
  EXPECT_EQ(call->caller.bearer, "wct_machine");
  EXPECT_EQ(call->caller.session, "");
}

TEST(CookieChoice, WhoAmIIsAskedAboutTheOneThatTheHeaderNames) {
  EXPECT_EQ(SecretOf(BrowserCall(kWho, {})), kPerson);
  EXPECT_EQ(SecretOf(BrowserCall(kWho, {{"x-wardcast-as", "endpoint"}})), kWard);
  EXPECT_EQ(SecretOf(BrowserCall(kWho, {{"x-wardcast-as", "endpoint"}},
                                 "__Host-wardcast-session=wcs_person")),
            "")
      << "a person does not stand in for the endpoint";
}

TEST(CookieChoice, SigningInAndEnrollingEachConcernTheirOwn) {
  EXPECT_EQ(SecretOf(BrowserCall("wardcast.v1.AccessService/SignIn", {})), kPerson);
  EXPECT_EQ(SecretOf(BrowserCall("wardcast.v1.EndpointService/EnrollBrowser", {})), kWard);
}

TEST(CookieChoice, AValueUnderTheOthersNameCountsAsNone) {
  const BrowserCookies swapped = CookiesOf(
      BrowserCall(kReport, {},
                  "__Host-wardcast-session=wce_ward; __Host-wardcast-endpoint=wcs_person"),
      Scheme::kHttps);
  EXPECT_EQ(swapped.session, "");
  EXPECT_EQ(swapped.endpoint, "");
  EXPECT_EQ(CookieFor(swapped, CsrfOf("")), nullptr) << "no cookie has no token";
}

TEST(EndpointAnswer, TheSecretIsInTheCookieAndItsHashAtTheApi) {
  auto call = ReadConnectCall(BrowserCall("wardcast.v1.EndpointService/EnrollBrowser", {}, ""),
                              Scheme::kHttps);
  ASSERT_TRUE(call);
  const std::string secret = EndpointSecretOf(*call);
  EXPECT_TRUE(secret.starts_with(kBrowserPrefix));
  EXPECT_EQ(call->caller.offered_key, Sha256Hex(secret));
  const TimePoint now = SystemClock().Now();
  v1::EnrollBrowserResponse answer;
  *answer.mutable_expires() = ToTimestamp(now + std::chrono::days(400));
  const auto header = EndpointHeaderOf(secret, answer, Scheme::kHttps, now);
  ASSERT_TRUE(header);
  EXPECT_EQ(header->value, "__Host-wardcast-endpoint=" + secret +
                               "; Path=/; HttpOnly; SameSite=Strict; Secure; Max-Age=34560000");
  EXPECT_EQ(answer.csrf_token(), CsrfOf(secret));
  EXPECT_EQ(answer.ShortDebugString().find(secret), std::string::npos);
}

TEST(EndpointAnswer, WhoeverAsksAsTheEndpointKeepsTheCookie) {
  auto call = ReadConnectCall(BrowserCall(kWho, {{"x-wardcast-as", "endpoint"}}), Scheme::kHttps);
  const std::string secret = EndpointSecretOf(*call);
  EXPECT_EQ(secret, kWard);
  const TimePoint now = SystemClock().Now();
  v1::WhoAmIResponse who;
  EXPECT_FALSE(EndpointHeaderOf(secret, who, Scheme::kHttps, now));
  who.set_credential(v1::CallerKind::ENDPOINT);
  *who.mutable_expires() = ToTimestamp(now + std::chrono::days(3));
  EXPECT_TRUE(EndpointHeaderOf(secret, who, Scheme::kHttps, now)->value.ends_with("=259200"));
  auto person = ReadConnectCall(BrowserCall(kWho, {}), Scheme::kHttps);
  EXPECT_EQ(EndpointSecretOf(*person), "");
}

}  // namespace
}  // namespace wardcast
