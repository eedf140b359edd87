// What is promised over HTTP: files, pages for operators, unary calls, and what happens to clients
// that misbehave.
#include <unistd.h>

#include "tests/contract/http/door_scene.h"

namespace wardcast::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;
using namespace std::chrono_literals;

constexpr char kGetAlert[] = "AlertService/GetAlert";

class HttpTest : public DoorScene {};

TEST_F(HttpTest, ServesTheConsoleWithAFreshNonceEachTime) {
  Start();
  RawClient client = Client();
  const HttpAnswer one = client.Request("GET", "/");
  const HttpAnswer two = client.Request("GET", "/");  // the same connection
  EXPECT_EQ(one.status, 200);
  EXPECT_THAT(one.body, HasSubstr("console"));
  EXPECT_THAT(one.body, Not(HasSubstr("__CSP_NONCE__")));
  EXPECT_NE(one.body, two.body);
  EXPECT_THAT(one.headers.at("content-security-policy"), HasSubstr("style-src 'self' 'nonce-"));
  EXPECT_EQ(one.headers.at("x-content-type-options"), "nosniff");
  EXPECT_EQ(one.headers.at("referrer-policy"), "no-referrer");
}

TEST_F(HttpTest, AnswersHeadWithoutBody) {
  Start();
  RawClient client = Client();
  const HttpAnswer head = client.Request("HEAD", "/receiver");
  EXPECT_EQ(head.status, 200);
  EXPECT_EQ(head.headers.at("content-length"), "14");
  EXPECT_EQ(client.Request("GET", "/receiver").body, "<html>receiver");
}

TEST_F(HttpTest, ServesNothingOutsideItsFolder) {
  Start();
  RawClient client = Client();
  for (const char* target :
       {"/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "//etc/passwd", "/assets/../../x"}) {
    EXPECT_EQ(client.Request("GET", target).status, 404) << target;
  }
  EXPECT_EQ(client.Request("GET", "/index.html%00.js").status, 400);
  EXPECT_THAT(client.Request("GET", "/nothing").body, HasSubstr("There is no such page here"));
}

TEST_F(HttpTest, ServesPagesForOperators) {
  Start();
  RawClient client = Client();
  EXPECT_EQ(client.Request("GET", "/healthz").body, "ok\n");
  EXPECT_EQ(client.Request("GET", "/readyz").status, 503);
  const HttpAnswer metrics = client.Request("GET", "/metrics");
  EXPECT_EQ(metrics.body, "wardcast_up 1\n");
  EXPECT_THAT(metrics.headers.at("content-type"), HasSubstr("version=0.0.4"));
}

TEST_F(HttpTest, SendsAFileThatIsLargerThanAnyBuffer) {
  Start();
  std::string content;
  content.resize(9'000'000, 'a');
  for (std::size_t i = 0; i < content.size(); i += 1000)
    content[i] = static_cast<char>('a' + i / 1000 % 26);
  WriteFile("assets/large-BxYz12_3.js", content);
  RawClient client = Client();
  EXPECT_TRUE(client.Request("GET", "/assets/large-BxYz12_3.js").body == content);
  EXPECT_EQ(client.Request("GET", "/healthz").status, 200);
}

TEST_F(HttpTest, AnswersCallsInJsonAndInBinary) {
  Start();
  RawClient client = Client();
  const HttpAnswer json =
      client.Call(kGetAlert, R"({"alertId":"a1"})", "Connect-Protocol-Version: 1\r\n");
  EXPECT_EQ(json.status, 200);
  EXPECT_EQ(json.headers.at("content-type"), "application/json");
  EXPECT_EQ(json.body, R"({"alert":{"id":"a1"}})");

  v1::GetAlertRequest request;
  request.set_alert_id("a2");
  const HttpAnswer binary =
      client.Request("POST", "/wardcast.v1.AlertService/GetAlert",
                     "Content-Type: application/proto\r\n", request.SerializeAsString());
  v1::GetAlertResponse response;
  ASSERT_TRUE(response.ParseFromString(binary.body));
  EXPECT_EQ(response.alert().id(), "a2");
  EXPECT_EQ(binary.headers.at("content-type"), "application/proto");
}

TEST_F(HttpTest, TakesTheTokenFromTheAuthorizationHeader) {
  Start();
  RawClient client = Client();
  EXPECT_EQ(client.Call("AlertService/PublishAlert", "{}").status, 401);
  EXPECT_EQ(
      client.Call("AlertService/PublishAlert", "{}", "Authorization: Bearer secret\r\n").status,
      200);
}

TEST_F(HttpTest, SpellsErrorsAsConnectDoes) {
  Start();
  RawClient client = Client();
  const HttpAnswer refused = client.Call("AlertService/ListAlerts", "{}");
  EXPECT_EQ(refused.status, 400);
  EXPECT_THAT(refused.body, StartsWith(R"({"code":"invalid_argument","message":")"));
  EXPECT_THAT(refused.body, HasSubstr(R"({"type":"wardcast.v1.FieldViolation","value":")"));
  EXPECT_THAT(refused.body, HasSubstr(R"("debug":{"field":"page_size","description":"1 … 500"})"));

  const HttpAnswer unknown = client.Call("AlertService/Explode", "{}");
  EXPECT_EQ(unknown.status, 404);
  EXPECT_THAT(unknown.body, HasSubstr(R"("code":"unimplemented")"));
}

TEST_F(HttpTest, RefusesWhatItCannotRead) {
  Start();
  RawClient client = Client();
  const HttpAnswer malformed = client.Call(kGetAlert, R"({"alertId":)");
  EXPECT_EQ(malformed.status, 400);
  EXPECT_THAT(malformed.body, HasSubstr("GetAlertRequest in JSON"));
  const HttpAnswer field = client.Call(kGetAlert, R"({"alertID":"a1"})");
  EXPECT_EQ(field.status, 400);
  EXPECT_THAT(field.body, HasSubstr("alertID"));

  EXPECT_EQ(Client()
                .Request("POST", "/wardcast.v1.AlertService/GetAlert",
                         "Content-Type: text/plain\r\n", "{}")
                .status,
            415);
  EXPECT_EQ(Client().Request("GET", "/wardcast.v1.AlertService/GetAlert").status, 405);
  EXPECT_EQ(Client().Call(kGetAlert, "{}", "Origin: http://evil.example\r\n").status, 403);
  EXPECT_EQ(Client()
                .Call(kGetAlert, "{}", "Origin: http://localhost:" + std::to_string(port_) + "\r\n")
                .status,
            200);
}

TEST_F(HttpTest, AnswersOnlyToNamesOfThisMachine) {
  Start();
  RawClient client = Client();
  client.Send("GET / HTTP/1.1\r\nHost: rebound.example\r\n\r\n");
  EXPECT_EQ(client.Read().status, 421);
}

TEST_F(HttpTest, RefusesALargeBodyBeforeItIsSent) {
  Start();
  RawClient client = Client();
  client.Send(
      "POST /wardcast.v1.AlertService/GetAlert HTTP/1.1\r\nHost: localhost\r\nContent-Type: "
      "application/json\r\n"
      "Expect: 100-continue\r\nContent-Length: 1048577\r\n\r\n");
  const HttpAnswer answer = client.Read();
  EXPECT_EQ(answer.status, 413);
  EXPECT_THAT(answer.body, HasSubstr("resource_exhausted"));
  EXPECT_TRUE(client.ReadsEnd());

  // Also when the sum of the chunks is what is too large, and while the client is still sending.
  RawClient chunked = Client();
  chunked.Send(
      "POST /wardcast.v1.AlertService/GetAlert HTTP/1.1\r\nHost: localhost\r\n"
      "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n");
  for (int i = 0; i < 20 && chunked.Send("10000\r\n" + std::string(65536, ' ') + "\r\n"); ++i) {
  }
  EXPECT_EQ(chunked.Read().status, 413);
}

TEST_F(HttpTest, ReadsABodyAsItCanBeSent) {
  Start();
  RawClient client = Client();
  client.Send(
      "POST /wardcast.v1.AlertService/GetAlert HTTP/1.1\r\nHost: localhost\r\nContent-Type: "
      "application/json\r\n"
      "Expect: 100-continue\r\nContent-Length: 16\r\n\r\n");
  client.Send(R"({"alertId":"a1"})");
  EXPECT_EQ(client.Read().body, R"({"alert":{"id":"a1"}})");
  client.Send(
      "POST /wardcast.v1.AlertService/GetAlert HTTP/1.1\r\nHost: localhost\r\nContent-Type: "
      "application/json\r\n"
      "Transfer-Encoding: chunked\r\n\r\n4\r\n{\"al\r\nc\r\nertId\":\"a2\"}\r\n0\r\n\r\n");
  EXPECT_EQ(client.Read().body, R"({"alert":{"id":"a2"}})");
  // An import is larger than anything else.
  const std::string import =
      R"({"files":[{"name":"wards.csv","content":")" + std::string(4'000'000, 'A') + R"("}]})";
  EXPECT_EQ(
      client.Call("DirectoryService/ImportDirectory", import, "Authorization: Bearer t\r\n").status,
      200);
  EXPECT_EQ(client.Call("DirectoryService/ImportDirectory", import).status, 413);
}

TEST_F(HttpTest, AnswersPipelinedRequestsInOrder) {
  Start();
  RawClient client = Client();
  std::string requests;
  for (int i = 0; i < 20; ++i) {
    const std::string body = R"({"alertId":"a)" + std::to_string(i) + R"("})";
    requests +=
        "POST /wardcast.v1.AlertService/GetAlert HTTP/1.1\r\nHost: localhost\r\nContent-Type: "
        "application/json\r\n"
        "Content-Length: " +
        std::to_string(body.size()) + "\r\n\r\n" + body;
  }
  client.Send(requests);
  for (int i = 0; i < 20; ++i) {
    EXPECT_EQ(client.Read().body, R"({"alert":{"id":"a)" + std::to_string(i) + R"("}})");
  }
}

TEST_F(HttpTest, RefusesWhatIsNotHttp) {
  Start();
  for (const char* bytes : {"\x16\x03\x01\x02 hello\r\n\r\n", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
                            "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
                            "CONNECT / HTTP/1.1\r\nHost: x\nA: b\r\n\r\n"}) {
    RawClient client = Client();
    client.Send(bytes);
    EXPECT_EQ(client.Read().status, 400) << bytes;
    EXPECT_TRUE(client.ReadsEnd());
  }
  RawClient client = Client();
  client.Send("GET / HTTP/1.1\r\nHost: localhost\r\nX: " + std::string(20'000, 'a'));
  EXPECT_EQ(client.Read().status, 431);
}

TEST_F(HttpTest, CutsOffWhoSendsAHeadByteByByte) {
  Start({.head_timeout = 300ms});
  RawClient silent = Client();
  EXPECT_TRUE(silent.ReadsEnd());
  RawClient slow = Client();
  const std::string head = "GET / HTTP/1.1\r\nHost: localhost\r\nX: ";
  slow.Send(head);
  HttpAnswer answer;
  for (int i = 0; i < 400 && slow.Send("a"); ++i) std::this_thread::sleep_for(10ms);
  EXPECT_EQ(slow.Read().status, 408);
}

TEST_F(HttpTest, CutsOffWhoDoesNotTakeItsAnswer) {
  Start({.slow_timeout = 500ms});
  dispatcher_.long_answer = 40'000'000;
  RawClient client = Client();
  client.ShrinkReceiveBuffer();
  client.Send(
      "POST /wardcast.v1.AlertService/GetTimeline HTTP/1.1\r\nHost: localhost\r\nContent-Type: "
      "application/json\r\n"
      "Content-Length: 2\r\n\r\n{}");
  EXPECT_TRUE(Eventually([&] { return server_->Counts().too_slow == 1; }));
  EXPECT_TRUE(Eventually([&] { return server_->Counts().connections == 0; }));
}

TEST_F(HttpTest, SurvivesClientsThatVanishWhileTheyAreWorkedFor) {
  Start();
  for (int i = 0; i < 20; ++i) {
    RawClient client = Client();
    client.Send(
        "POST /wardcast.v1.AlertService/EndAlert HTTP/1.1\r\nHost: localhost\r\nContent-Type: "
        "application/json\r\n"
        "Content-Length: 2\r\n\r\n{}");
    ASSERT_TRUE(Eventually([&] { return dispatcher_.waiting() == i + 1; }));
    if (i % 2 == 0) {
      client.Abort();
    } else {
      client.Close();
    }
  }
  EXPECT_EQ(dispatcher_.Release(), 20);
  EXPECT_EQ(Client().Request("GET", "/healthz").status, 200);
  EXPECT_TRUE(Eventually([&] { return server_->Counts().connections == 0; }));
}

TEST_F(HttpTest, GivesUpWhenTheClientWantsItSo) {
  Start();
  RawClient client = Client();
  const HttpAnswer late = client.Call("AlertService/EndAlert", "{}", "Connect-Timeout-Ms: 100\r\n");
  EXPECT_EQ(late.status, 504);
  EXPECT_THAT(late.body, HasSubstr("deadline_exceeded"));
  // The late answer meets the next request, and is not taken for its answer.
  client.Send(
      "POST /wardcast.v1.AlertService/EndAlert HTTP/1.1\r\nHost: localhost\r\nContent-Type: "
      "application/json\r\n"
      "Content-Length: 2\r\n\r\n{}");
  ASSERT_TRUE(Eventually([&] { return dispatcher_.waiting() == 2; }));
  EXPECT_EQ(dispatcher_.Release(), 2);
  EXPECT_EQ(client.Read().body, "{}");
  EXPECT_EQ(client.Request("GET", "/healthz").body, "ok\n");
}

TEST_F(HttpTest, LimitsConnections) {
  Start({.max_connections = 2});
  RawClient one = Client();
  RawClient two = Client();
  EXPECT_EQ(one.Request("GET", "/healthz").status, 200);
  EXPECT_EQ(two.Request("GET", "/healthz").status, 200);
  EXPECT_EQ(Client().Read().status, 503);
  one.Close();
  EXPECT_TRUE(Eventually([&] { return Client().Request("GET", "/healthz").status == 200; }));
  EXPECT_GE(server_->Counts().refused_connections, 1u);
}

TEST_F(HttpTest, SaysWhatToDoWhenThePortIsTaken) {
  Start();
  HttpServer second({.port = port_}, dispatcher_, live_, {});
  const auto started = second.Start();
  ASSERT_FALSE(started);
  EXPECT_EQ(started.error().code, Code::kUnavailable);
  EXPECT_THAT(started.error().message, HasSubstr("--http-listen"));
  HttpServer elsewhere({.host = "192.0.2.1", .port = 0}, dispatcher_, live_, {});
  EXPECT_FALSE(elsewhere.Start());
}

TEST_F(HttpTest, FinishesWhatItHasBegunWhenItDrains) {
  Start();
  RawClient working = Client();
  working.Send(
      "POST /wardcast.v1.AlertService/EndAlert HTTP/1.1\r\nHost: localhost\r\nContent-Type: "
      "application/json\r\n"
      "Content-Length: 2\r\n\r\n{}");
  ASSERT_TRUE(Eventually([&] { return dispatcher_.waiting() == 1; }));
  server_->Drain(2s);
  const HttpAnswer page = Client().Request("GET", "/healthz");
  EXPECT_EQ(page.status, 200) << "who looks after it can still ask";
  EXPECT_EQ(page.headers.at("connection"), "close");
  std::jthread stopping([&] { server_->Stop(); });
  EXPECT_TRUE(Eventually([&] { return Client().Request("GET", "/healthz").status == 0; }));
  dispatcher_.Release();
  const HttpAnswer answer = working.Read();
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.headers.at("connection"), "close");
  EXPECT_TRUE(working.ReadsEnd());
}

TEST_F(HttpTest, SaysWhenToTryAgain) {
  Start();
  const HttpAnswer answer = Client().Call("AlertService/RecallAlert", "{}");
  EXPECT_EQ(answer.status, 429);
  EXPECT_EQ(answer.headers.at("retry-after"), "3") << "whole seconds, rounded up";
}

}  // namespace
}  // namespace wardcast::testing
