#include "server/http/wire/socket_frame.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "tests/fixtures/masked_frame.h"

namespace wardcast {
namespace {

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
  const std::string bytes =
      testing::MaskedFrame(0x81, "hello") + testing::MaskedFrame(0x01, "one ") +
      testing::MaskedFrame(0x89, "ping") + testing::MaskedFrame(0x00, "two ") +
      testing::MaskedFrame(0x80, "three") + testing::MaskedFrame(0x82, "\x01") +
      testing::MaskedFrame(0x81, "") + testing::MaskedFrame(0x8a, "") +
      testing::MaskedFrame(0x81, middle) + testing::MaskedFrame(0x81, long_text) +
      testing::MaskedFrame(0x88, "\x03\xe8");
  const std::string expected =
      "T(hello)P(ping)T(one two three)B(\x01)T()pT(" + middle + ")T(" + long_text + ")C(\x03\xe8)";
  for (const std::size_t at_once : {1UL, 2UL, 3UL, 7UL, 4096UL, bytes.size()})
    EXPECT_EQ(ReadFrames(bytes, at_once), expected) << at_once;
}

TEST(SocketFrame, BreaksOnWhatIsAgainstTheProtocol) {
  using ::testing::HasSubstr;
  const auto problem = [](const std::string& bytes) { return ReadFrames(bytes, 1); };
  EXPECT_THAT(problem(std::string("\x81\x05hello")), HasSubstr("!an unmasked frame"));
  EXPECT_THAT(problem(testing::MaskedFrame(0xc1, "x")), HasSubstr("!an extension"));
  EXPECT_THAT(problem(testing::MaskedFrame(0x83, "x")), HasSubstr("!a frame of an unknown kind"));
  EXPECT_THAT(problem(testing::MaskedFrame(0x8b, "x")), HasSubstr("!a frame of an unknown kind"));
  EXPECT_THAT(problem(testing::MaskedFrame(0x80, "x")),
              HasSubstr("!the continuation of no message"));
  EXPECT_THAT(problem(testing::MaskedFrame(0x01, "x") + testing::MaskedFrame(0x81, "y")),
              HasSubstr("!a message within a message"));
  EXPECT_THAT(problem(testing::MaskedFrame(0x09, "x")), HasSubstr("!a control frame"));
  EXPECT_THAT(problem(testing::MaskedFrame(0x89, std::string(126, 'x'))),
              HasSubstr("!a control frame"));
  EXPECT_THAT(problem("\x81" + std::string(9, '\xff') + "mask"), HasSubstr("!a frame without end"));
}

TEST(SocketFrame, StaysBroken) {
  FrameReader reader;
  std::string_view bad = "\x81\x05hello";
  EXPECT_EQ(reader.Next(bad), FrameReader::Event::kBroken);
  const std::string good = testing::MaskedFrame(0x81, "hello");
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
