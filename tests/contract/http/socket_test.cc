// What is promised over the WebSocket (docs/protocol.md).
#include "tests/contract/http/door_scene.h"

namespace wardcast::testing {
namespace {

using ::testing::HasSubstr;
using namespace std::chrono_literals;

class SocketTest : public DoorScene {};

TEST_F(SocketTest, OpensForOwnPagesAndForClientsThatAreNone) {
  Start();
  const std::string own = "Origin: http://localhost:" + std::to_string(port_) + "\r\n";
  const std::string protocol = "Sec-WebSocket-Protocol: wardcast.v1.json\r\n";
  const HttpAnswer opened = Client().Upgrade(own + protocol);
  EXPECT_EQ(opened.status, 101);
  EXPECT_EQ(opened.headers.at("sec-websocket-accept"), "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
  EXPECT_EQ(opened.headers.at("sec-websocket-protocol"), "wardcast.v1.json");
  EXPECT_EQ(Client().Upgrade(protocol).status, 101);
}

TEST_F(SocketTest, RefusesOthersBeforeTheHandshake) {
  Start();
  const std::string protocol = "Sec-WebSocket-Protocol: wardcast.v1.json\r\n";
  EXPECT_EQ(Client().Upgrade("Origin: http://evil.example\r\n" + protocol).status, 403);
  EXPECT_EQ(Client().Upgrade("Origin: null\r\n" + protocol).status, 403);
  EXPECT_EQ(Client().Upgrade("Sec-WebSocket-Protocol: chat\r\n").status, 400);
  EXPECT_EQ(Client().Upgrade("").status, 400);
  EXPECT_EQ(Client().Request("GET", "/ws").status, 426);
}

TEST_F(SocketTest, DeliversWhatIsOnAndWhatComes) {
  Start();
  Publish("first");
  RawClient client = Client();
  ASSERT_EQ(client.Upgrade().status, 101);
  client.SendFrame(R"({"subscribe":{"endpoint":{"id":"4w-pc-01"}},"somethingNew":1})");
  const std::string synced = client.ReadText();
  EXPECT_THAT(synced, HasSubstr(R"("synced":true)"));
  EXPECT_THAT(synced, HasSubstr(R"("id":"first")"));
  Publish("second");
  EXPECT_THAT(client.ReadText(), HasSubstr(R"("id":"second")"));
  EXPECT_TRUE(hub_.IsConnected("4w-pc-01"));
  client.Abort();
  EXPECT_TRUE(Eventually([&] { return !hub_.IsConnected("4w-pc-01"); }));
}

TEST_F(SocketTest, TakesTheFirstFrameTogetherWithTheHandshake) {
  Start();
  RawClient client = Client();
  // A browser may not do it; a machine may.
  std::string frame = R"({"subscribe":{"endpoint":{"id":"4w-pc-01"}}})";
  std::string masked = "\x81";
  masked += static_cast<char>(0x80 | frame.size());
  masked += std::string(4, '\0') + frame;
  client.Send(
      "GET /ws HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
      "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
      "Sec-WebSocket-Protocol: wardcast.v1.json\r\n\r\n" +
      masked);
  EXPECT_EQ(client.Read().status, 101);
  EXPECT_THAT(client.ReadText(), HasSubstr("synced"));
}

TEST_F(SocketTest, PutsFragmentsTogether) {
  Start();
  RawClient client = Client();
  ASSERT_EQ(client.Upgrade().status, 101);
  client.SendFrame(R"({"subscribe":{"endpo)", 1, false);
  client.SendFrame("ping", 9);  // control frames may come in between
  client.SendFrame(R"(int":{"id":")", 0, false);
  client.SendFrame(R"(4w-pc-01"}}})", 0, true);
  EXPECT_THAT(client.ReadText(), HasSubstr("synced"));
}

TEST_F(SocketTest, AnswersAReportWithItsRequestId) {
  Start();
  RawClient client = Subscribed("4w-pc-01");
  client.SendFrame(
      R"({"requestId":"r1","report":{"endpointId":"4w-pc-01","receipts":[{"id":"x1"},{"id":"x2"}]}})");
  const std::string answer = client.ReadText("report");
  EXPECT_EQ(answer, R"({"requestId":"r1","report":{"recordedIds":["x1","x2"]}})");
}

TEST_F(SocketTest, TellsProgressOnlyWithAToken) {
  Start();
  RawClient client = Client();
  ASSERT_EQ(client.Upgrade().status, 101);
  client.SendFrame(R"({"watchProgress":{"alertId":"a1"},"requestId":"w0"})");
  EXPECT_EQ(
      client.ReadText(),
      R"({"requestId":"w0","error":{"code":"unauthenticated","message":"a bearer token is needed"}})");
  client.SendFrame(R"({"watchProgress":{"alertId":"a1"},"token":"secret"})");
  ASSERT_TRUE(Eventually([&] { return live_.watchers() == 1; }));
  live_.Tell(3);
  EXPECT_EQ(client.ReadText(), R"({"progress":{"progress":{"alertId":"a1","wards":3}}})");
  // Another alert replaces the first.
  client.SendFrame(R"({"watchProgress":{"alertId":"a2"},"token":"secret"})");
  client.SendFrame(R"({"requestId":"r9","report":{"endpointId":"4w-pc-01"}})");
  EXPECT_THAT(client.ReadText("r9"), HasSubstr("report"));  // frames are worked on in order
  live_.Tell(4);
  EXPECT_THAT(client.ReadText("progress"), HasSubstr(R"("alertId":"a2")"));
  EXPECT_EQ(live_.watchers(), 1);
  client.Close();
  EXPECT_TRUE(Eventually([&] { return live_.watchers() == 0; }));
}

TEST_F(SocketTest, SaysWhatIsWrongWithoutClosing) {
  Start();
  RawClient client = Client();
  ASSERT_EQ(client.Upgrade().status, 101);
  client.SendFrame(R"({"requestId":"s1","subscribe":{"endpoint":{"id":"Not An Id"}}})");
  EXPECT_THAT(client.ReadText(), HasSubstr(R"("code":"invalid_argument")"));
  client.SendFrame(R"({"subscribe":{"endpoint":{"id":"4w-pc-01"}}})");
  EXPECT_THAT(client.ReadText(), HasSubstr("synced"));
  client.SendFrame(R"({"subscribe":{"endpoint":{"id":"4w-pc-01"}}})");
  EXPECT_THAT(client.ReadText(), HasSubstr(R"("code":"failed_precondition")"));
}

TEST_F(SocketTest, ClosesOnWhatIsMalformed) {
  Start();
  const auto close_code = [&](std::string_view payload, int opcode) {
    RawClient client = Client();
    EXPECT_EQ(client.Upgrade().status, 101);
    client.SendFrame(payload, opcode);
    return client.ReadClose();
  };
  EXPECT_EQ(close_code("{\"subscribe\":", 1), 4400);
  EXPECT_EQ(close_code("{}", 1), 4400);
  EXPECT_EQ(close_code("\x01\x02", 2), 4400);
  EXPECT_EQ(close_code(std::string(65'537, ' '), 1), 4400);
}

TEST_F(SocketTest, ClosesWhoSendsTooMuch) {
  Start();
  RawClient client = Subscribed("4w-pc-01");
  for (int i = 0; i < 500; ++i) {
    if (!client.SendFrame(R"({"report":{"endpointId":"4w-pc-01"},"requestId":"r"})")) break;
  }
  // What the server never read makes TCP reset the connection, sometimes before the close is seen.
  EXPECT_THAT(client.ReadClose(), ::testing::AnyOf(4429, 0));
}

TEST_F(SocketTest, ClosesWhoAsksForNothing) {
  Start({.ask_timeout = 100ms});
  RawClient client = Client();
  ASSERT_EQ(client.Upgrade().status, 101);
  EXPECT_EQ(client.ReadClose(), 4408);
}

TEST_F(SocketTest, PingsAndDropsWhoIsSilent) {
  Start({.ping_every = 100ms, .silence_timeout = 1500ms});
  RawClient client = Subscribed("4w-pc-01");
  EXPECT_EQ(client.ReadFrame().opcode, 9);
  EXPECT_TRUE(client.ReadsEnd());  // it has not answered
  EXPECT_TRUE(Eventually([&] { return server_->Counts().sockets == 0; }));
}

TEST_F(SocketTest, AnswersACloseWithAClose) {
  Start();
  RawClient client = Subscribed("4w-pc-01");
  client.SendFrame(std::string("\x03\xe8", 2), 8);
  EXPECT_EQ(client.ReadClose(), 1000);
  EXPECT_TRUE(Eventually([&] { return server_->Counts().sockets == 0; }));
}

TEST_F(SocketTest, AnswersAPing) {
  Start();
  RawClient client = Subscribed("4w-pc-01");
  client.SendFrame("are you there", 9);
  const Frame pong = client.ReadFrame();
  EXPECT_EQ(pong.opcode, 10);
  EXPECT_EQ(pong.payload, "are you there");
}

TEST_F(SocketTest, ClosesOnWhatIsNoWebSocket) {
  Start();
  RawClient client = Client();
  ASSERT_EQ(client.Upgrade().status, 101);
  client.Send(std::string("\x81\x05hello"));  // not masked
  EXPECT_EQ(client.ReadClose(), 1002);
}

TEST_F(SocketTest, GoesWhenItsCloseIsNotAnswered) {
  Start({.ask_timeout = 100ms});
  RawClient client = Client();
  ASSERT_EQ(client.Upgrade().status, 101);
  EXPECT_EQ(client.ReadClose(), 4408);
  EXPECT_TRUE(client.ReadsEnd());
  EXPECT_TRUE(Eventually([&] { return server_->Counts().connections == 0; }));
}

TEST_F(SocketTest, CutsOffWhoTakesNothing) {
  Start({.slow_timeout = 1000ms});
  RawClient client = Client();
  client.ShrinkReceiveBuffer();
  ASSERT_EQ(client.Upgrade().status, 101);
  client.SendFrame(R"({"subscribe":{"endpoint":{"id":"4w-pc-01"}}})");
  ASSERT_TRUE(Eventually([&] { return hub_.IsConnected("4w-pc-01"); }));
  RawClient other = Subscribed("icu-pc-01");
  // Each version is 16 KiB; they are state, so what waits does not grow with their number.
  ASSERT_TRUE(Eventually([&] {
    for (int i = 0; i < 200; ++i) {
      v1::Alert alert = MakeAlert("a" + std::to_string(i), ++sequence_, {});
      alert.set_headline(std::string(16'000, 'x'));
      hub_.SetAlert(Stored(alert));
    }
    hub_.Advance(sequence_);
    other.ReadText("subscribe");
    return server_->Counts().too_slow == 1;
  }));
  EXPECT_TRUE(Eventually([&] { return !hub_.IsConnected("4w-pc-01"); }));
  EXPECT_TRUE(hub_.IsConnected("icu-pc-01"));
}

TEST_F(SocketTest, TellsEveryoneToComeBackWhenItDrains) {
  Start();
  constexpr int kClients = 10;
  std::vector<RawClient> clients;
  clients.reserve(kClients);
  for (int i = 0; i < kClients; ++i) clients.push_back(Subscribed("pc-" + std::to_string(i)));
  server_->Drain(5s);
  EXPECT_EQ(hub_.session_count(), 10u) << "the hub says who goes when";
  EXPECT_EQ(Client().Upgrade().status, 503);
  const auto before = std::chrono::steady_clock::now();
  server_->Stop();
  EXPECT_LT(std::chrono::steady_clock::now() - before, 20s);
  for (RawClient& client : clients) {
    EXPECT_EQ(client.ReadText("retryAfter"), R"({"retryAfter":"5.000s"})");
    EXPECT_EQ(client.ReadClose(), 1012);
  }
  EXPECT_EQ(hub_.session_count(), 0u);
}

TEST_F(SocketTest, ASocketWithoutASubscriptionGoesAtOnceWhenItDrains) {
  Start();
  RawClient client = Client();
  ASSERT_EQ(client.Upgrade().status, 101);
  server_->Drain(2s);
  EXPECT_EQ(client.ReadText("retryAfter"), R"({"retryAfter":"2.000s"})");
  EXPECT_EQ(client.ReadClose(), 1012);
}

TEST_F(SocketTest, AReportThatIsUnderWayIsAnsweredBeforeTheFarewell) {
  Start();
  RawClient client = Subscribed("4w-pc-01");
  client.SendFrame(R"({"requestId":"r1","report":{"endpointId":"slow","receipts":[{"id":"x1"}]}})");
  ASSERT_TRUE(Eventually([&] { return dispatcher_.waiting() == 1; }));
  server_->Drain(3s);
  hub_.Release(hub_.BeginDrain(3s));
  ASSERT_TRUE(Eventually([&] { return hub_.session_count() == 0; }));
  // One that comes now is still answered (a broker's dispatcher refuses it).
  client.SendFrame(R"({"requestId":"r2","report":{"endpointId":"4w-pc-01"}})");
  EXPECT_THAT(client.ReadText("requestId"), HasSubstr(R"("requestId":"r2")"));
  dispatcher_.Release();
  EXPECT_EQ(client.ReadText(), R"({"requestId":"r1","report":{"recordedIds":["x1"]}})");
  EXPECT_EQ(client.ReadText(), R"({"retryAfter":"3.000s"})");
  EXPECT_EQ(client.ReadClose(), 1012);
}

TEST_F(SocketTest, PassesTheHubsFarewellOn) {
  Start();
  RawClient client = Subscribed("4w-pc-01");
  hub_.Release(hub_.BeginDrain(3s));
  EXPECT_EQ(client.ReadText(R"({"retryAfter")"), R"({"retryAfter":"3.000s"})");
  EXPECT_EQ(client.ReadClose(), 1012);
  RawClient late = Client();
  ASSERT_EQ(late.Upgrade().status, 101);
  late.SendFrame(R"({"subscribe":{"endpoint":{"id":"4w-pc-01"}}})");
  EXPECT_THAT(late.ReadText("retryAfter"), HasSubstr("s"));
  EXPECT_EQ(late.ReadClose(), 4429);
}

TEST_F(SocketTest, BroadcastsToFiveHundred) {
  Start();
  std::vector<RawClient> clients;
  for (int i = 0; i < 500; ++i) {
    clients.push_back(Client());
    ASSERT_EQ(clients.back().Upgrade().status, 101) << i;
    clients.back().SendFrame(R"({"subscribe":{"endpoint":{"id":"pc-)" + std::to_string(i) +
                             R"("}}})");
  }
  for (RawClient& client : clients) ASSERT_THAT(client.ReadText(), HasSubstr("synced"));
  EXPECT_EQ(server_->Counts().sockets, 500u);
  Publish("for-all");
  for (RawClient& client : clients) ASSERT_THAT(client.ReadText(), HasSubstr("for-all"));
  clients.clear();
  EXPECT_TRUE(Eventually([&] { return server_->Counts().connections == 0; }));
  EXPECT_EQ(hub_.session_count(), 0u);
}

TEST_F(SocketTest, BrowsersDoNotKeepMonitoringOut) {
  Start({.max_connections = 4, .max_sockets = 2});
  RawClient first = Subscribed("4w-pc-01");
  RawClient second = Subscribed("4w-pc-02");
  EXPECT_EQ(Client().Upgrade().status, 503);
  EXPECT_EQ(Client().Request("GET", "/healthz").status, 200);
}

TEST_F(SocketTest, StopsWithSocketsOpen) {
  Start();
  RawClient client = Subscribed("4w-pc-01");
  server_->Stop();
  EXPECT_EQ(hub_.session_count(), 0u);
  EXPECT_TRUE(client.ReadsEnd());
}

}  // namespace
}  // namespace wardcast::testing
