#include "server/http/wire/response.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "server/http/wire/json_text.h"
#include "server/http/wire/upgrade.h"

namespace wardcast {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

constexpr std::chrono::sys_seconds kNow{std::chrono::seconds{1'772'374'020}};

TEST(Response, HasTheHeadersThatEveryResponseHas) {
  const std::string head = SerializeHead(PlainPage(404, "gone"), true, kNow);
  EXPECT_THAT(head,
              StartsWith("HTTP/1.1 404 Not Found\r\nDate: Sun, 01 Mar 2026 14:07:00 GMT\r\n"));
  EXPECT_THAT(head, HasSubstr("Content-Length: 5\r\n"));
  EXPECT_THAT(head, HasSubstr("X-Content-Type-Options: nosniff\r\n"));
  EXPECT_THAT(head, HasSubstr("Connection: keep-alive\r\n"));
  EXPECT_TRUE(head.ends_with("\r\n\r\n"));
  EXPECT_THAT(SerializeHead({.status = 304}, false, kNow), Not(HasSubstr("Content-Length")));
}

TEST(JsonQuote, EscapesAndRepairs) {
  EXPECT_EQ(JsonQuote("a\"b\\c\n<ä>"), R"("a\"b\\c\u000a\u003cä\u003e")");
  EXPECT_EQ(JsonQuote("\xc3"), R"("\ufffd")");
  EXPECT_EQ(JsonQuote("\xed\xa0\x80"), R"("\ufffd\ufffd\ufffd")");  // a surrogate
  EXPECT_EQ(JsonQuote("日本"), "\"日本\"");
}

RequestHead Handshake(std::vector<Header> changed = {}) {
  RequestHead head{.method = "GET",
                   .target = "/ws",
                   .headers = {{"host", "localhost:7480"},
                               {"connection", "keep-alive, Upgrade"},
                               {"upgrade", "websocket"},
                               {"origin", "http://localhost:7480"},
                               {"sec-websocket-version", "13"},
                               {"sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ=="},
                               {"sec-websocket-protocol", "other, wardcast.v1.json"}}};
  for (const Header& change : changed) {
    for (Header& header : head.headers) {
      if (header.name == change.name) header.value = change.value;
    }
  }
  return head;
}

TEST(Upgrade, AnswersTheHandshake) {
  const auto handshake = CheckUpgrade(Handshake(), Scheme::kHttp);
  ASSERT_TRUE(handshake);
  EXPECT_THAT(*handshake, HasSubstr("HTTP/1.1 101 "));
  // The example of RFC 6455.
  EXPECT_THAT(*handshake, HasSubstr("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"));
  EXPECT_THAT(*handshake, Not(HasSubstr("other")));
}

TEST(Upgrade, RefusesBeforeTheHandshake) {
  const auto status = [](std::vector<Header> changed) {
    const auto handshake = CheckUpgrade(Handshake(std::move(changed)), Scheme::kHttp);
    return handshake ? 101 : handshake.error().status;
  };
  EXPECT_EQ(status({{"origin", "http://evil.example"}}), 403);
  EXPECT_EQ(status({{"sec-websocket-protocol", "chat"}}), 400);
  EXPECT_EQ(status({{"sec-websocket-protocol", ""}}), 400);
  EXPECT_EQ(status({{"sec-websocket-version", "8"}}), 426);
  EXPECT_EQ(status({{"upgrade", "h2c"}}), 426);
  EXPECT_EQ(status({{"sec-websocket-key", "short"}}), 400);
}

}  // namespace
}  // namespace wardcast
