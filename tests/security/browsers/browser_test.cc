// Attempts to become an endpoint in a browser, to stay one, or to be another one, with the real
// broker over TLS; and the ones that are meant to work.
#include <gmock/gmock.h>

#include "base/tls/enrol_line.h"
#include "tests/programs/secure_broker.h"
#include "tests/programs/tls_browser.h"
#include "wardcast/v1/access_service.grpc.pb.h"

namespace wardcast::testing {
namespace {

using nlohmann::json;
using std::chrono::seconds;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kCookie[] = "__Host-wardcast-endpoint";
constexpr char kSession[] = "__Host-wardcast-session";
constexpr char kPassword[] = "correct horse battery staple";
constexpr int kSignedOut = 4401;
constexpr int kNotAllowed = 4403;
constexpr int kComeBack = 4429;

class Browsers : public ::testing::Test {
 protected:
  TlsBrowser NewBrowser() const { return TlsBrowser(broker_.http_port(), broker_.Ca()); }
  std::string Token(const std::vector<std::string>& options = {}) const {
    return ReadEnrolLine(broker_.EnrolLine(options))->token;
  }
  // A browser that is this endpoint; `csrf` is what its page sends.
  TlsBrowser Enrolled(const std::string& endpoint_id, std::string& csrf) const {
    TlsBrowser browser = NewBrowser();
    const WebAnswer answer = browser.Enrol(Token(), endpoint_id);
    EXPECT_EQ(answer.status, 200) << answer.body << broker_.Log();
    csrf = answer.Json().value("csrfToken", "");
    return browser;
  }
  // An open WebSocket that has subscribed; nullptr: it was refused. Asked for again, as pages do,
  // while the broker only says that it has to look the credential up.
  static std::unique_ptr<WebSocket> Subscribe(TlsBrowser& browser, const std::string& token,
                                              const std::string& endpoint_id) {
    for (int i = 0; i < 20; ++i) {
      auto socket = browser.Open();
      if (!socket) return nullptr;
      socket->Send(Subscription(token, endpoint_id));
      if (!socket->Read("subscribe").is_discarded()) return socket;
      if (socket->close_code() != kComeBack) return nullptr;
    }
    return nullptr;
  }
  static json Subscription(const std::string& token, const std::string& endpoint_id) {
    return {{"token", token}, {"subscribe", {{"endpoint", {{"id", endpoint_id}}}}}};
  }
  // The code with which a subscription is closed in the end.
  static int CloseCode(TlsBrowser& browser, const std::string& token,
                       const std::string& endpoint_id) {
    for (int i = 0; i < 20; ++i) {
      const auto socket = browser.Open();
      if (!socket) return 0;
      socket->Send(Subscription(token, endpoint_id));
      if (const int code = socket->ReadClose(seconds(10)); code != kComeBack) return code;
    }
    return kComeBack;
  }
  static json Report(const std::string& endpoint_id) {
    return {{"endpointId", endpoint_id}, {"receipts", json::array()}};
  }
  // An account of a viewer, signed in in this browser; its CSRF token.
  std::string SignIn(TlsBrowser& browser, const std::string& account) const {
    const Said made = broker_.Admin({"account", "set", account, "--role", "viewer"});
    constexpr std::string_view kLink = "/#/set-password/";
    const auto at = made.text.rfind(kLink);
    EXPECT_NE(at, std::string::npos) << made.text;
    const std::string rest = made.text.substr(at + kLink.size());
    const std::string link = rest.substr(0, rest.find_first_not_of("0123456789abcdef"));
    EXPECT_EQ(
        browser.Call("AccessService/SetPassword", {{"link", link}, {"newPassword", kPassword}})
            .status,
        200);
    const WebAnswer signed_in =
        browser.Call("AccessService/SignIn", {{"account", account}, {"password", kPassword}});
    EXPECT_EQ(signed_in.status, 200) << signed_in.body;
    return signed_in.Json()["who"].value("csrfToken", "");
  }
  void Revoke(const std::string& endpoint_id) const {
    EXPECT_EQ(broker_.Admin({"revoke-certificate", endpoint_id, "--reason", "stolen"}).code, 0);
  }

  const SecureBroker broker_;
};

TEST_F(Browsers, OneWithATokenIsTheEndpointAndItsCookieIsOutOfReach) {
  TlsBrowser browser = NewBrowser();
  const WebAnswer enrolled = browser.Enrol(Token(), "4w-pc-03");
  ASSERT_EQ(enrolled.status, 200) << enrolled.body << broker_.Log();
  EXPECT_EQ(enrolled.Json()["endpointId"], "4w-pc-03");
  const std::string secret = browser.jar[kCookie];
  EXPECT_EQ(secret.size(), 4 + 64u);
  EXPECT_THAT(enrolled.Header("set-cookie"),
              ::testing::MatchesRegex("__Host-wardcast-endpoint=wce_[0-9a-f]+; Path=/; HttpOnly; "
                                      "SameSite=Strict; Secure; Max-Age=34(560000|559999)"));
  EXPECT_THAT(enrolled.body, Not(HasSubstr(secret)));
  EXPECT_THAT(broker_.Log(), Not(HasSubstr(secret)));
  const std::string csrf = enrolled.Json().value("csrfToken", "");
  EXPECT_EQ(browser.CsrfOf("endpoint"), csrf);
  EXPECT_EQ(browser.CallAs(csrf, "EndpointService/Report", Report("4w-pc-03")).status, 200);
  EXPECT_EQ(
      browser.CallAs(csrf, "EndpointService/GetSettings", {{"endpointId", "4w-pc-03"}}).status,
      200);
  EXPECT_EQ(browser.CallAs(csrf, "CatalogueService/GetServiceStatus", json::object()).status, 200);
  const auto socket = Subscribe(browser, csrf, "4w-pc-03");
  ASSERT_TRUE(socket);
  socket->Send({{"token", csrf}, {"requestId", "r1"}, {"report", Report("4w-pc-03")}});
  EXPECT_EQ(socket->Read("report")["requestId"], "r1");
  const Said listed = broker_.Admin({"certificates"});
  EXPECT_THAT(listed.text, AllOf(HasSubstr("4w-pc-03"), HasSubstr("browser, from 127.0.0.1")));
  EXPECT_THAT(broker_.Admin({"audit"}).text, HasSubstr("enroll-browser"));
}

TEST_F(Browsers, TheLineItselfIsTakenToo) {
  TlsBrowser browser = NewBrowser();
  EXPECT_EQ(browser.Enrol(broker_.EnrolLine(), "4w-pc-03").status, 200);
}

TEST_F(Browsers, TheAdministratorIsToldTheAddressThatEnrols) {
  const Said said = broker_.Admin({"enroll-token", "--brokers", broker_.grpc()});
  const auto begin = said.text.find("wardcast1.");
  const std::string line = said.text.substr(begin, said.text.find('\n', begin) - begin);
  EXPECT_THAT(said.text,
              HasSubstr("https://localhost:" + std::to_string(broker_.http_port()) +
                        "/receiver.html#enroll=" + ReadEnrolLine(line)->token + "&endpoint="));
}

TEST_F(Browsers, ATokenThatIsWrongUsedUpOrRevoked) {
  const std::string once = Token({"--uses", "1"});
  TlsBrowser browser = NewBrowser();
  EXPECT_EQ(browser.Enrol(std::string(48, '0'), "pc-1").status, 401);
  EXPECT_EQ(browser.Enrol("", "pc-1").status, 401);
  EXPECT_EQ(browser.Enrol(std::string(60'000, 'x'), "pc-1").status, 401);
  EXPECT_EQ(browser.Enrol(once, "Not An Id").status, 400);
  EXPECT_EQ(browser.Enrol(once, "pc-1").status, 200);
  EXPECT_EQ(NewBrowser().Enrol(once, "pc-2").status, 401);

  const std::string revoked = Token({"--uses", "9"});
  const std::string tokens = broker_.Admin({"enroll-tokens"}).text;
  EXPECT_THAT(tokens, Not(HasSubstr(revoked)));
  EXPECT_EQ(broker_.Admin({"revoke-enroll-token", tokens.substr(0, 26)}).code, 0);
  EXPECT_EQ(NewBrowser().Enrol(revoked, "pc-3").status, 401);
  EXPECT_TRUE(NewBrowser().jar.empty());
}

TEST_F(Browsers, AnIdThatSomebodyElseHasIsNotGivenAway) {
  std::string csrf;
  TlsBrowser first = Enrolled("4w-pc-03", csrf);
  const auto socket = Subscribe(first, csrf, "4w-pc-03");
  ASSERT_TRUE(socket);
  TlsBrowser other = NewBrowser();
  const WebAnswer refused = other.Enrol(Token(), "4w-pc-03");
  EXPECT_EQ(refused.status, 409);
  EXPECT_THAT(refused.body, HasSubstr("revoke-certificate 4w-pc-03"));
  EXPECT_TRUE(other.jar.empty());
  // The same browser takes its own place over; what it had is over.
  TlsBrowser before = first;
  const WebAnswer again = first.Enrol(Token(), "4w-pc-03");
  EXPECT_EQ(again.status, 200) << again.body;
  EXPECT_EQ(socket->ReadClose(), kSignedOut);
  EXPECT_EQ(before.CallAs(csrf, "EndpointService/Report", Report("4w-pc-03")).status, 403);
  csrf = again.Json().value("csrfToken", "");
  EXPECT_EQ(first.CallAs(csrf, "EndpointService/Report", Report("4w-pc-03")).status, 200);
}

TEST_F(Browsers, OneReportsAndSubscribesOnlyAsItself) {
  std::string csrf;
  TlsBrowser browser = Enrolled("4w-pc-03", csrf);
  std::string other;
  TlsBrowser neighbour = Enrolled("icu-pc-01", other);
  EXPECT_EQ(browser.CallAs(csrf, "EndpointService/Report", Report("icu-pc-01")).status, 403);
  EXPECT_EQ(
      browser.CallAs(csrf, "EndpointService/GetSettings", {{"endpointId", "icu-pc-01"}}).status,
      403);
  EXPECT_EQ(
      browser.CallAs(csrf, "EndpointService/GetProcedures", {{"endpointId", "icu-pc-01"}}).status,
      403);
  EXPECT_EQ(CloseCode(browser, csrf, "icu-pc-01"), kNotAllowed);
  const auto socket = Subscribe(browser, csrf, "4w-pc-03");
  ASSERT_TRUE(socket);
  socket->Send({{"token", csrf}, {"requestId", "r1"}, {"report", Report("icu-pc-01")}});
  EXPECT_EQ(socket->Read("error")["error"]["code"], "permission_denied");
  // With the neighbour's token and one's own cookie.
  EXPECT_EQ(browser.CallAs(other, "EndpointService/Report", Report("icu-pc-01")).status, 403);
}

TEST_F(Browsers, AStolenCookieIsWorthNothingOnceItIsRevoked) {
  std::string csrf;
  TlsBrowser browser = Enrolled("4w-pc-03", csrf);
  std::string other;
  TlsBrowser neighbour = Enrolled("4w-pc-04", other);
  TlsBrowser thief = NewBrowser();
  thief.jar = browser.jar;
  const auto socket = Subscribe(thief, csrf, "4w-pc-03");
  const auto stays = Subscribe(neighbour, other, "4w-pc-04");
  ASSERT_TRUE(socket && stays);
  const auto before = std::chrono::steady_clock::now();
  Revoke("4w-pc-03");
  EXPECT_EQ(socket->ReadClose(), kSignedOut);
  EXPECT_LT(std::chrono::steady_clock::now() - before, seconds(15)) << "not by the next heartbeat";
  EXPECT_EQ(thief.CallAs(csrf, "EndpointService/Report", Report("4w-pc-03")).status, 403);
  EXPECT_EQ(CloseCode(thief, csrf, "4w-pc-03"), kNotAllowed);
  EXPECT_EQ(thief.Call("AccessService/WhoAmI", json::object(), {"X-Wardcast-As: endpoint"}).status,
            403);
  EXPECT_EQ(neighbour.CallAs(other, "EndpointService/Report", Report("4w-pc-04")).status, 200);
  EXPECT_EQ(stays->close_code(), 0);
  EXPECT_THAT(broker_.Admin({"certificates", "--revoked"}).text, HasSubstr("stolen"));
  // A new browser gets the place, with a token.
  EXPECT_EQ(NewBrowser().Enrol(Token(), "4w-pc-03").status, 200);
}

TEST(BrowsersAfterARestart, TheRevokedStayOutAndTheOthersIn) {
  SecureBroker broker;
  TlsBrowser stays(broker.http_port(), broker.Ca());
  TlsBrowser revoked(broker.http_port(), broker.Ca());
  const std::string token = ReadEnrolLine(broker.EnrolLine({"--uses", "2"}))->token;
  ASSERT_EQ(stays.Enrol(token, "4w-pc-03").status, 200);
  ASSERT_EQ(revoked.Enrol(token, "4w-pc-04").status, 200);
  const std::string stays_csrf = stays.CsrfOf("endpoint");
  const std::string revoked_csrf = revoked.CsrfOf("endpoint");
  EXPECT_EQ(broker.Admin({"revoke-certificate", "4w-pc-04"}).code, 0);
  broker.Stop();
  broker.Start();
  const json report = {{"endpointId", "4w-pc-03"}};
  EXPECT_EQ(stays.CallAs(stays_csrf, "EndpointService/Report", report).status, 200);
  EXPECT_EQ(
      revoked.CallAs(revoked_csrf, "EndpointService/Report", {{"endpointId", "4w-pc-04"}}).status,
      403);
}

TEST_F(Browsers, AnotherSitesPageAndACallWithoutThePagesTokenDoNothing) {
  std::string csrf;
  TlsBrowser browser = Enrolled("4w-pc-03", csrf);
  const json report = Report("4w-pc-03");
  EXPECT_EQ(browser
                .Call("EndpointService/Report", report,
                      {"X-Wardcast-Csrf: " + csrf, "Origin: https://evil.example"})
                .status,
            403);
  EXPECT_EQ(browser.Call("EndpointService/Report", report).status, 401);
  EXPECT_EQ(browser.CallAs("guess", "EndpointService/Report", report).status, 403);
  EXPECT_EQ(browser
                .Call("AccessService/WhoAmI", json::object(),
                      {"X-Wardcast-As: endpoint", "Origin: https://evil.example"})
                .status,
            403);
  EXPECT_EQ(browser
                .Call("EndpointService/EnrollBrowser", {{"token", Token()}, {"endpointId", "pc-9"}},
                      {"Origin: https://evil.example"})
                .status,
            403);
  int status = 0;
  EXPECT_FALSE(browser.Open(&status, "https://evil.example"));
  EXPECT_EQ(status, 403);
  EXPECT_EQ(CloseCode(browser, "", "4w-pc-03"), kSignedOut);
  EXPECT_EQ(CloseCode(browser, "guess", "4w-pc-03"), kSignedOut);
}

TEST_F(Browsers, AnEndpointsCookieCallsNothingOfAPerson) {
  std::string csrf;
  TlsBrowser browser = Enrolled("4w-pc-03", csrf);
  for (const char* method :
       {"AlertService/ListAlerts", "AlertService/PublishAlert", "AlertService/EndAlert",
        "AlertService/AcknowledgeAlert", "AlertService/GetProgress", "DirectoryService/ListPeople",
        "DirectoryService/ImportDirectory", "AccessService/ListAccounts",
        "AccessService/UpsertAccount", "AccessService/CreateToken", "AccessService/ListSessions",
        "AccessService/SignOut", "AccessService/BeginTotp", "AuditService/ListEvents"}) {
    EXPECT_EQ(browser.CallAs(csrf, method, json::object()).status, 401) << method;
  }
  EXPECT_EQ(browser.CallAs(csrf, "AdminService/CreateEnrollToken", json::object()).status, 501);
  const auto socket = browser.Open();
  ASSERT_TRUE(socket);
  socket->Send({{"token", csrf}, {"watchProgress", {{"alertId", "none"}}}});
  EXPECT_EQ(socket->Read("error")["error"]["code"], "unauthenticated");
  // Nor is its secret a token.
  EXPECT_EQ(NewBrowser()
                .Call("AlertService/ListAlerts", json::object(),
                      {"Authorization: Bearer " + browser.jar[kCookie]})
                .status,
            401);
}

TEST_F(Browsers, WithBothCookiesACallHasTheRightsOfOneNeverOfBoth) {
  std::string ward;
  TlsBrowser browser = Enrolled("4w-pc-03", ward);
  const std::string person = SignIn(browser, "vera");
  ASSERT_EQ(browser.jar.size(), 2u);
  EXPECT_TRUE(browser.jar.contains(kSession));
  EXPECT_NE(person, ward);
  EXPECT_EQ(browser.CsrfOf("endpoint"), ward);
  EXPECT_EQ(browser.CsrfOf("person"), person);
  EXPECT_EQ(browser.CallAs(ward, "EndpointService/Report", Report("4w-pc-03")).status, 200);
  EXPECT_EQ(browser.CallAs(ward, "AlertService/ListAlerts", json::object()).status, 401);
  EXPECT_EQ(browser.CallAs(person, "AlertService/ListAlerts", json::object()).status, 200);
  EXPECT_EQ(browser.CallAs(person, "EndpointService/Report", Report("4w-pc-03")).status, 403);
  EXPECT_EQ(browser.Call("AlertService/ListAlerts", json::object()).status, 401);
  // A socket stays whose it was.
  const auto socket = Subscribe(browser, ward, "4w-pc-03");
  ASSERT_TRUE(socket);
  socket->Send({{"token", person}, {"watchProgress", {{"alertId", "none"}}}});
  EXPECT_EQ(socket->ReadClose(), kSignedOut);
  // Signing out leaves the endpoint, revoking the endpoint leaves the person.
  const auto open = Subscribe(browser, ward, "4w-pc-03");
  ASSERT_TRUE(open);
  Revoke("4w-pc-03");
  EXPECT_EQ(open->ReadClose(), kSignedOut);
  EXPECT_EQ(browser.CallAs(person, "AlertService/ListAlerts", json::object()).status, 200);
  EXPECT_EQ(browser.Enrol(Token(), "4w-pc-03").status, 200);
  EXPECT_EQ(browser.CallAs(person, "AccessService/SignOut", json::object()).status, 200);
  EXPECT_FALSE(browser.jar.contains(kSession));
  EXPECT_NE(browser.CsrfOf("endpoint"), "");
}

TEST_F(Browsers, APersonWhoOpensAWardsPageIsAWatcher) {
  TlsBrowser browser = NewBrowser();
  const std::string person = SignIn(browser, "vera");
  std::string csrf;
  TlsBrowser ward = Enrolled("4w-pc-03", csrf);
  ASSERT_TRUE(Subscribe(ward, csrf, "4w-pc-03"));
  const auto socket = Subscribe(browser, person, "4w-pc-04");
  ASSERT_TRUE(socket);
  socket->Send({{"token", person}, {"requestId", "r1"}, {"report", Report("4w-pc-04")}});
  EXPECT_EQ(socket->Read("error")["error"]["code"], "permission_denied");
  const WebAnswer metrics =
      browser.CallAs(person, "DirectoryService/ListEndpoints", json::object());
  EXPECT_EQ(metrics.status, 200);
  EXPECT_THAT(metrics.body, Not(HasSubstr("4w-pc-04")));
}

TEST_F(Browsers, WithoutACookieNobodyIsAnEndpoint) {
  TlsBrowser browser = NewBrowser();
  EXPECT_EQ(browser.Call("EndpointService/Report", Report("4w-pc-03")).status, 401);
  EXPECT_EQ(CloseCode(browser, "", "4w-pc-03"), kSignedOut);
  EXPECT_EQ(
      browser.Call("AccessService/WhoAmI", json::object(), {"X-Wardcast-As: endpoint"}).status,
      401);
  browser.jar[kCookie] = "wce_" + std::string(64, 'a');
  EXPECT_EQ(
      browser.Call("AccessService/WhoAmI", json::object(), {"X-Wardcast-As: endpoint"}).status,
      401);
}

}  // namespace
}  // namespace wardcast::testing
