#include "server/http/wire/socket_frame.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

namespace wardcast {
namespace {

std::string Masked(int first_byte, std::string_view payload) {
  std::string frame{static_cast<char>(first_byte)};
  if (payload.size() < 126) {
    frame += static_cast<char>(0x80 | payload.size());
  } else if (payload.size() < 65'536) {
    frame += static_cast<char>(0x80 | 126);
    frame += static_cast<char>(payload.size() >> 8);
    frame += static_cast<char>(payload.size() & 0xff);
  } else {
    frame += static_cast<char>(0x80 | 127);
    for (int shift = 56; shift >= 0; shift -= 8)
      frame += static_cast<char>(payload.size() >> shift & 0xff);
  }
  const std::string mask = "\x11\x22\x33\x44";
  frame += mask;
  for (std::size_t i = 0; i < payload.size(); ++i)
    frame += static_cast<char>(payload[i] ^ mask[i % 4]);
  return frame;
}

// What came, as text: "T(hello)" a whole text message, "P(x)" a ping, and so on.
std::string ReadFrames(std::string_view bytes, std::size_t at_once) {
  FrameReader reader;
  std::string seen;
  std::string message;
  while (!bytes.empty()) {
    std::string_view piece = bytes.substr(0, at_once);
    bytes.remove_prefix(piece.size());
    for (bool more = true; more;) {
      switch (reader.Next(piece)) {
        case FrameReader::Event::kMore:
          more = false;
          break;
        case FrameReader::Event::kData:
          if (reader.first()) message.clear();
          message += reader.data();
          if (reader.last()) seen += (reader.binary() ? "B(" : "T(") + message + ")";
          break;
        case FrameReader::Event::kPing:
          seen += "P(" + reader.data() + ")";
          break;
        case FrameReader::Event::kPong:
          seen += "p";
          break;
        case FrameReader::Event::kClose:
          seen += "C(" + reader.data() + ")";
          break;
        case FrameReader::Event::kBroken:
          return seen + "!" + std::string(reader.problem());
      }
    }
  }
  return seen;
}

TEST(SocketFrame, ReadsWhateverThePiecesAre) {
  const std::string long_text(70'000, 'x');
  const std::string middle(300, 'y');
  const std::string bytes = Masked(0x81, "hello") + Masked(0x01, "one ") + Masked(0x89, "ping") +
                            Masked(0x00, "two ") + Masked(0x80, "three") + Masked(0x82, "\x01") +
                            Masked(0x81, "") + Masked(0x8a, "") + Masked(0x81, middle) +
                            Masked(0x81, long_text) + Masked(0x88, "\x03\xe8");
  const std::string expected =
      "T(hello)P(ping)T(one two three)B(\x01)T()pT(" + middle + ")T(" + long_text + ")C(\x03\xe8)";
  for (const std::size_t at_once : {1UL, 2UL, 3UL, 7UL, 4096UL, bytes.size()})
    EXPECT_EQ(ReadFrames(bytes, at_once), expected) << at_once;
}

TEST(SocketFrame, BreaksOnWhatIsAgainstTheProtocol) {
  using ::testing::HasSubstr;
  const auto problem = [](const std::string& bytes) { return ReadFrames(bytes, 1); };
  EXPECT_THAT(problem(std::string("\x81\x05hello")), HasSubstr("!an unmasked frame"));
  EXPECT_THAT(problem(Masked(0xc1, "x")), HasSubstr("!an extension"));
  EXPECT_THAT(problem(Masked(0x83, "x")), HasSubstr("!a frame of an unknown kind"));
  EXPECT_THAT(problem(Masked(0x8b, "x")), HasSubstr("!a frame of an unknown kind"));
  EXPECT_THAT(problem(Masked(0x80, "x")), HasSubstr("!the continuation of no message"));
  EXPECT_THAT(problem(Masked(0x01, "x") + Masked(0x81, "y")),
              HasSubstr("!a message within a message"));
  EXPECT_THAT(problem(Masked(0x09, "x")), HasSubstr("!a control frame"));
  EXPECT_THAT(problem(Masked(0x89, std::string(126, 'x'))), HasSubstr("!a control frame"));
  EXPECT_THAT(problem("\x81" + std::string(9, '\xff') + "mask"), HasSubstr("!a frame without end"));
}

TEST(SocketFrame, StaysBroken) {
  FrameReader reader;
  std::string_view bad = "\x81\x05hello";
  EXPECT_EQ(reader.Next(bad), FrameReader::Event::kBroken);
  const std::string good = Masked(0x81, "hello");
  std::string_view bytes = good;
  EXPECT_EQ(reader.Next(bytes), FrameReader::Event::kBroken);
}

TEST(SocketFrame, WritesTheThreeLengths) {
  const auto head = [](std::size_t size) {
    std::vector<unsigned char> room(kFrameHead + size);
    const auto frame = WithFrameHead(std::span(room).subspan(kFrameHead), Opcode::kText);
    EXPECT_EQ(frame.data() + frame.size(), room.data() + room.size());
    return std::vector<int>(frame.begin(), frame.end() - static_cast<std::ptrdiff_t>(size));
  };
  EXPECT_THAT(head(0), ::testing::ElementsAre(0x81, 0));
  EXPECT_THAT(head(125), ::testing::ElementsAre(0x81, 125));
  EXPECT_THAT(head(126), ::testing::ElementsAre(0x81, 126, 0, 126));
  EXPECT_THAT(head(65'535), ::testing::ElementsAre(0x81, 126, 0xff, 0xff));
  EXPECT_THAT(head(65'536), ::testing::ElementsAre(0x81, 127, 0, 0, 0, 0, 0, 1, 0, 0));
}

TEST(SocketFrame, ClosesWithinTheLimitOfAControlFrame) {
  EXPECT_EQ(ClosePayload(4400, "text frames only"), std::string("\x11\x30text frames only"));
  EXPECT_EQ(ClosePayload(1012, std::string(200, 'x')).size(), 125u);
}

}  // namespace
}  // namespace wardcast
