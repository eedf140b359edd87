#include "server/http/wire/body_reader.h"

#include <gtest/gtest.h>

#include <string>

namespace wardcast {
namespace {

TEST(BodyReader, TakesWhatBelongsToTheBodyAndNoMore) {
  BodyReader body({.bytes = 5}, 10);
  std::string_view input = "hel";
  EXPECT_EQ(body.Feed(input), BodyReader::State::kMore);
  input = "loGET /";
  EXPECT_EQ(body.Feed(input), BodyReader::State::kDone);
  EXPECT_EQ(body.Take(), "hello");
  EXPECT_EQ(input, "GET /");
}

TEST(BodyReader, RefusesBeforeAnythingIsHeld) {
  EXPECT_EQ(BodyReader({.bytes = 11}, 10).state(), BodyReader::State::kTooLarge);
  EXPECT_EQ(BodyReader({.bytes = 10}, 10).state(), BodyReader::State::kMore);
  EXPECT_EQ(BodyReader({.bytes = 0}, 10).state(), BodyReader::State::kDone);
}

// However the bytes arrive.
TEST(BodyReader, ReadsChunks) {
  const std::string sent = "5;ext=1\r\nhello\r\n6\r\n world\r\n0\r\nTrailer: x\r\n\r\nrest";
  for (std::size_t piece = 1; piece <= sent.size(); ++piece) {
    BodyReader body({.chunked = true}, 100);
    std::string left;
    for (std::size_t at = 0; at < sent.size(); at += piece) {
      const std::string part = left + sent.substr(at, piece);
      std::string_view input = part;
      body.Feed(input);
      left = input;
    }
    ASSERT_EQ(body.state(), BodyReader::State::kDone) << piece;
    EXPECT_EQ(body.Take(), "hello world");
    EXPECT_EQ(left, "rest");
  }
}

BodyReader::State ReadAll(std::string_view chunks, std::size_t limit = 100) {
  BodyReader body({.chunked = true}, limit);
  return body.Feed(chunks);
}

TEST(BodyReader, RefusesBrokenChunks) {
  EXPECT_EQ(ReadAll("x\r\n"), BodyReader::State::kMalformed);
  EXPECT_EQ(ReadAll("\r\n"), BodyReader::State::kMalformed);
  EXPECT_EQ(ReadAll("5\nhello"), BodyReader::State::kMalformed);
  EXPECT_EQ(ReadAll("5\r\nhelloworld"), BodyReader::State::kMalformed);
  EXPECT_EQ(ReadAll("1;" + std::string(9000, 'e')), BodyReader::State::kMalformed);
  EXPECT_EQ(ReadAll("0\r\n" + std::string(9000, 't')), BodyReader::State::kMalformed);
}

TEST(BodyReader, LimitsTheSumOfChunks) {
  EXPECT_EQ(ReadAll("fffffffff\r\n"), BodyReader::State::kTooLarge);
  EXPECT_EQ(ReadAll("ffffffff\r\n"), BodyReader::State::kTooLarge);
  EXPECT_EQ(ReadAll("6\r\nhello!\r\n5\r\n", 10), BodyReader::State::kTooLarge);
  EXPECT_EQ(ReadAll("6\r\nhello!\r\n4\r\n", 10), BodyReader::State::kMore);
}

}  // namespace
}  // namespace wardcast
