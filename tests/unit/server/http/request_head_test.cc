#include "server/http/wire/request_head.h"

#include <gtest/gtest.h>

#include <string>

namespace wardcast {
namespace {

HeadResult Parse(const std::string& text) { return ParseHead(text); }

TEST(RequestHead, ReadsLineAndHeadersAndLeavesTheRest) {
  const std::string head =
      "POST /wardcast.v1.A/B?x=1 HTTP/1.1\r\nHost: "
      "localhost:7480\r\nConTent-Type:\tapplication/json \r\n\r\n";
  const HeadResult result = Parse(head + "{}");
  ASSERT_EQ(result.state, HeadResult::State::kDone);
  EXPECT_EQ(result.used, head.size());
  EXPECT_EQ(result.head.method, "POST");
  EXPECT_EQ(result.head.path(), "/wardcast.v1.A/B");
  EXPECT_EQ(result.head.Get("content-type"), "application/json");
  EXPECT_TRUE(result.head.keep_alive());
}

TEST(RequestHead, AsksForMoreUntilTheEmptyLine) {
  const std::string head = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
  for (std::size_t size = 0; size < head.size(); ++size) {
    EXPECT_EQ(Parse(head.substr(0, size)).state, HeadResult::State::kMore) << size;
  }
  EXPECT_EQ(Parse(head).state, HeadResult::State::kDone);
}

TEST(RequestHead, RefusesWhatTwoProgramsCouldReadDifferently) {
  for (const std::string head : {
           "GET / HTTP/1.1\nHost: a\n\n",                     // bare LF
           "GET / HTTP/1.1\r\nHost : a\r\n\r\n",              // space before the colon
           "GET / HTTP/1.1\r\nHost: a\r\n folded\r\n\r\n",    // folded
           "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",    // two hosts
           "GET / HTTP/1.1\r\n\r\n",                          // none
           "GET  / HTTP/1.1\r\nHost: a\r\n\r\n",              // a space in the target
           "GET / HTTP/2.0\r\nHost: a\r\n\r\n",               // another version
           "GET nowhere HTTP/1.1\r\nHost: a\r\n\r\n",         // not a path
           "G\x01T / HTTP/1.1\r\nHost: a\r\n\r\n",            // not a method
           "GET / HTTP/1.1\r\nHost: a\r\nX: a\x01z\r\n\r\n",  // control character
           "PRI * HTTP/2.0\r\n\r\n",                          // HTTP/2
           "\x16\x03\x01\x02 hello\r\n"                       // TLS
       }) {
    const HeadResult result = Parse(head);
    EXPECT_EQ(result.state, HeadResult::State::kBad) << head;
    EXPECT_EQ(result.status, 400) << head;
    EXPECT_FALSE(result.problem.empty());
  }
}

TEST(RequestHead, LimitsSizeAndNumberOfHeaders) {
  const std::string start = "GET / HTTP/1.1\r\nHost: a\r\n";
  EXPECT_EQ(Parse(start + "X: " + std::string(kMaxHeadBytes, 'a')).status, 431);
  std::string many = start;
  for (int i = 0; i < 100; ++i) many += "A: b\r\n";
  EXPECT_EQ(Parse(many + "\r\n").status, 431);
}

TEST(RequestHead, DropsSchemeAndHostOfAnAbsoluteTarget) {
  EXPECT_EQ(Parse("GET http://x:1/a?b HTTP/1.1\r\nHost: x:1\r\n\r\n").head.target, "/a?b");
  EXPECT_EQ(Parse("GET http://x HTTP/1.1\r\nHost: x\r\n\r\n").head.target, "/");
}

TEST(RequestHead, KnowsWhenTheConnectionStays) {
  EXPECT_FALSE(
      Parse("GET / HTTP/1.1\r\nHost: a\r\nConnection: foo, Close\r\n\r\n").head.keep_alive());
  EXPECT_FALSE(Parse("GET / HTTP/1.0\r\n\r\n").head.keep_alive());
  EXPECT_TRUE(Parse("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n").head.keep_alive());
}

BodyLength Length(const std::string& headers) {
  return ReadBodyLength(Parse("POST / HTTP/1.1\r\nHost: a\r\n" + headers + "\r\n").head);
}

TEST(BodyLength, IsOneNumberOrChunked) {
  EXPECT_EQ(Length("Content-Length: 17\r\n").bytes, 17u);
  EXPECT_EQ(Length("").bytes, 0u);
  EXPECT_TRUE(Length("Transfer-Encoding: Chunked\r\n").chunked);
  EXPECT_EQ(Length("Content-Length: -1\r\n").bad_status, 400);
  EXPECT_EQ(Length("Content-Length: 1, 1\r\n").bad_status, 400);
  EXPECT_EQ(Length("Content-Length: 99999999999999999999999\r\n").bad_status, 400);
  EXPECT_EQ(Length("Content-Length: 1\r\nContent-Length: 1\r\n").bad_status, 400);
  EXPECT_EQ(Length("Content-Length: 1\r\nTransfer-Encoding: chunked\r\n").bad_status, 400);
  EXPECT_EQ(Length("Transfer-Encoding: gzip, chunked\r\n").bad_status, 501);
}

}  // namespace
}  // namespace wardcast
