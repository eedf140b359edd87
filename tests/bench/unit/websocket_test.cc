// The generator's own WebSocket client.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "tests/bench/load/wire/websocket_client.h"

namespace wardcast::bench {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr const char* kSwitching = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n";

struct Texts : SocketEvents {
  void OnOpen() override { opened = true; }
  void OnText(std::string_view text) override { texts.emplace_back(text); }
  bool opened = false;
  std::vector<std::string> texts;
};

std::string ServerFrameOf(int first, const std::string& payload) {
  std::string frame(1, static_cast<char>(first));
  if (payload.size() < 126) return frame + static_cast<char>(payload.size()) + payload;
  frame += '\x7e';
  frame += static_cast<char>(payload.size() >> 8);
  frame += static_cast<char>(payload.size() & 0xff);
  return frame + payload;
}

TEST(BenchWebSocket, MessagesComeInAnyPieces) {
  const std::string all = kSwitching + ServerFrameOf(0x81, "one") + ServerFrameOf(0x01, "tw") +
                          ServerFrameOf(0x89, "") + ServerFrameOf(0x80, "o") +
                          ServerFrameOf(0x81, std::string(300, 'x'));
  for (std::size_t piece = 1; piece <= all.size(); ++piece) {
    Texts texts;
    WebSocketClient client("127.0.0.1:1", texts);
    for (std::size_t at = 0; at < all.size(); at += piece)
      ASSERT_TRUE(client.Receive(std::string_view(all).substr(at, piece))) << client.problem();
    EXPECT_TRUE(texts.opened);
    EXPECT_THAT(texts.texts, ElementsAre("one", "two", std::string(300, 'x')));
  }
}

TEST(BenchWebSocket, RefusalsAndClosesAreTold) {
  Texts texts;
  WebSocketClient refused("127.0.0.1:1", texts);
  EXPECT_FALSE(refused.Receive("HTTP/1.1 503 Service Unavailable\r\n\r\n"));
  EXPECT_THAT(refused.problem(), HasSubstr("503"));
  WebSocketClient closed("127.0.0.1:1", texts);
  EXPECT_FALSE(closed.Receive(kSwitching + ServerFrameOf(0x88, "\x11\x38too slow")));
  EXPECT_THAT(closed.problem(), HasSubstr("too slow"));
}

TEST(BenchWebSocket, APingIsAnsweredMasked) {
  Texts texts;
  WebSocketClient client("127.0.0.1:1", texts);
  ASSERT_TRUE(client.Receive(kSwitching));
  client.out().clear();
  ASSERT_TRUE(client.Receive(ServerFrameOf(0x89, "ab")));
  ASSERT_EQ(client.out().size(), 8u);
  EXPECT_EQ(client.out()[0], '\x8a');
  EXPECT_EQ(client.out()[1], '\x82');
}

TEST(BenchWebSocket, ForeignBytesDoNoHarm) {
  std::mt19937 random(12);
  for (int round = 0; round < 3'000; ++round) {
    Texts texts;
    WebSocketClient client("127.0.0.1:1", texts);
    std::string bytes = kSwitching;
    for (unsigned i = random() % 200; i > 0; --i) bytes += static_cast<char>(random());
    (void)client.Receive(bytes);
  }
}

}  // namespace
}  // namespace wardcast::bench
