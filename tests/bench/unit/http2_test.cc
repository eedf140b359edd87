// The generator's own HTTP/2 and gRPC: what it says, what it understands, and that foreign bytes do
// no harm.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "tests/bench/load/wire/grpc_client.h"
#include "tests/bench/load/wire/header_block.h"
#include "tests/bench/load/wire/http2_frame.h"

namespace wardcast::bench {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

struct Calls : CallEvents {
  void OnMessage(CallId, std::string_view message) override { messages.emplace_back(message); }
  void OnEnd(CallId call, int status, const std::string& problem) override {
    ends.push_back(std::to_string(call) + ": " + std::to_string(status) + " " + problem);
  }
  std::vector<std::string> messages;
  std::vector<std::string> ends;
};

std::string Message(const std::string& text) {
  std::string bytes(1, '\0');
  AppendUint32(bytes, static_cast<std::uint32_t>(text.size()));
  return bytes + text;
}

std::string FrameOf(FrameType type, std::uint8_t flags, std::uint32_t stream,
                    const std::string& payload) {
  std::string bytes;
  AppendFrame(bytes, type, flags, stream, payload);
  return bytes;
}

std::string Trailers(std::uint32_t stream, const std::string& status, const std::string& message) {
  std::string block;
  AppendHeader(block, "grpc-status", status);
  if (!message.empty()) AppendHeader(block, "grpc-message", message);
  return FrameOf(FrameType::kHeaders, kEndHeaders | kEndStream, stream, block);
}

TEST(BenchFrames, AreCutOneByOne) {
  const std::string bytes =
      FrameOf(FrameType::kData, kEndStream, 7, "abc") + FrameOf(FrameType::kPing, 0, 0, "12345678");
  std::string_view rest = bytes;
  Frame frame;
  ASSERT_EQ(CutFrame(rest, frame), Cut::kFrame);
  EXPECT_EQ(frame.type, FrameType::kData);
  EXPECT_EQ(frame.stream, 7u);
  EXPECT_EQ(frame.payload, "abc");
  ASSERT_EQ(CutFrame(rest, frame), Cut::kFrame);
  EXPECT_EQ(frame.payload, "12345678");
  EXPECT_EQ(CutFrame(rest, frame), Cut::kMore);
  std::string_view huge("\x7f\xff\xff\0\0\0\0\0\0", 9);
  EXPECT_EQ(CutFrame(huge, frame), Cut::kTooLarge);
}

TEST(BenchFrames, PaddingLongerThanTheFrameIsMalformed) {
  const Frame frame{FrameType::kData, kPadded, 1,
                    std::string_view("\x05"
                                     "abc")};
  EXPECT_EQ(ContentOf(frame), std::nullopt);
}

TEST(BenchHeaders, WrittenOnesAreRead) {
  std::string block;
  AppendHeader(block, "grpc-status", "0");
  AppendHeader(block, "long", std::string(300, 'x'));
  const auto headers = ReadHeaders(block);
  ASSERT_TRUE(headers);
  ASSERT_EQ(headers->size(), 2u);
  EXPECT_EQ((*headers)[0].value, "0");
  EXPECT_EQ((*headers)[1].value, std::string(300, 'x'));
}

TEST(BenchHeaders, AStatusFromTheStaticTableIsKnown) {
  const auto headers = ReadHeaders("\x88");
  ASSERT_TRUE(headers);
  EXPECT_EQ((*headers)[0].name, ":status");
  EXPECT_EQ((*headers)[0].value, "200");
  EXPECT_FALSE(ReadHeaders("\xff\x80\x01")) << "an entry of a table that we do not keep";
}

TEST(BenchGrpc, AnswersComeInAnyPieces) {
  const std::string all =
      FrameOf(FrameType::kSettings, 0, 0, "") +
      FrameOf(FrameType::kHeaders, kEndHeaders, 1, "\x88") +
      FrameOf(FrameType::kData, 0, 1, Message("first") + Message("sec").substr(0, 6)) +
      FrameOf(FrameType::kData, 0, 1, Message("sec").substr(6)) + Trailers(1, "0", "");
  for (std::size_t piece = 1; piece <= all.size(); ++piece) {
    Calls calls;
    GrpcClient client("127.0.0.1:1", "", calls);
    ASSERT_EQ(client.Call("a.B/C", "x"), 1u);
    for (std::size_t at = 0; at < all.size(); at += piece)
      ASSERT_TRUE(client.Receive(std::string_view(all).substr(at, piece))) << client.problem();
    EXPECT_THAT(calls.messages, ElementsAre("first", "sec"));
    EXPECT_THAT(calls.ends, ElementsAre("1: 0 "));
  }
}

TEST(BenchGrpc, AnErrorIsTold) {
  Calls calls;
  GrpcClient client("127.0.0.1:1", "token", calls);
  client.Call("a.B/C", "x");
  EXPECT_TRUE(client.Receive(Trailers(1, "8", "full")));
  EXPECT_THAT(calls.ends, ElementsAre("1: 8 full"));
}

TEST(BenchGrpc, SettingsAndPingsAreAcknowledged) {
  Calls calls;
  GrpcClient client("127.0.0.1:1", "", calls);
  client.out().clear();
  EXPECT_TRUE(client.Receive(FrameOf(FrameType::kSettings, 0, 0, "") +
                             FrameOf(FrameType::kPing, 0, 0, "12345678")));
  EXPECT_EQ(client.out(), FrameOf(FrameType::kSettings, kAck, 0, "") +
                              FrameOf(FrameType::kPing, kAck, 0, "12345678"));
}

TEST(BenchGrpc, TheWindowIsGivenBack) {
  Calls calls;
  GrpcClient client("127.0.0.1:1", "", calls);
  client.Call("a.B/C", "x");
  client.out().clear();
  const std::string part = FrameOf(FrameType::kData, 0, 1, Message(std::string(16'000, 'x')));
  for (int i = 0; i < 40; ++i) ASSERT_TRUE(client.Receive(part));
  std::string_view rest = client.out();
  std::vector<std::uint32_t> streams;
  for (Frame frame; CutFrame(rest, frame) == Cut::kFrame;) {
    EXPECT_EQ(frame.type, FrameType::kWindowUpdate);
    streams.push_back(frame.stream);
  }
  EXPECT_THAT(streams, ElementsAre(0, 1));
}

TEST(BenchGrpc, GoAwayEndsTheConnection) {
  Calls calls;
  GrpcClient client("127.0.0.1:1", "", calls);
  EXPECT_FALSE(
      client.Receive(FrameOf(FrameType::kGoAway, 0, 0, std::string(8, '\0') + "too_many")));
  EXPECT_THAT(client.problem(), HasSubstr("too_many"));
}

TEST(BenchGrpc, ForeignBytesDoNoHarm) {
  std::mt19937 random(11);
  for (int round = 0; round < 3'000; ++round) {
    Calls calls;
    GrpcClient client("127.0.0.1:1", "", calls);
    client.Call("a.B/C", "x");
    for (int i = 0; i < 6; ++i) {
      std::string payload(random() % 40, '\0');
      for (char& byte : payload) byte = static_cast<char>(random());
      if (!client.Receive(FrameOf(static_cast<FrameType>(random() % 12),
                                  static_cast<std::uint8_t>(random()), random() % 3, payload)))
        break;
    }
  }
}

}  // namespace
}  // namespace wardcast::bench
