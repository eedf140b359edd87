#include "server/http/wire/origin.h"

#include <gtest/gtest.h>

namespace wardcast {
namespace {

TEST(Origin, IsOwnOnlyIfItIsTheSame) {
  EXPECT_TRUE(IsOwnOrigin("http://localhost:7480", "localhost:7480", Scheme::kHttp));
  EXPECT_TRUE(IsOwnOrigin("http://Localhost", "localhost:80", Scheme::kHttp));
  EXPECT_FALSE(IsOwnOrigin("http://localhost:7481", "localhost:7480", Scheme::kHttp));
  EXPECT_FALSE(IsOwnOrigin("https://localhost:7480", "localhost:7480", Scheme::kHttp));
  EXPECT_FALSE(IsOwnOrigin("http://localhost:7480.evil.example", "localhost:7480", Scheme::kHttp));
  EXPECT_FALSE(IsOwnOrigin("http://127.0.0.1:7480", "localhost:7480", Scheme::kHttp));
  EXPECT_FALSE(IsOwnOrigin("null", "localhost:7480", Scheme::kHttp));
  EXPECT_FALSE(IsOwnOrigin("", "localhost:7480", Scheme::kHttp));
  EXPECT_FALSE(IsOwnOrigin("http://", "", Scheme::kHttp));
  EXPECT_TRUE(IsOwnOrigin("https://wardcast:7480", "wardcast:7480", Scheme::kHttps));
  EXPECT_TRUE(IsOwnOrigin("https://wardcast", "wardcast:443", Scheme::kHttps));
  EXPECT_FALSE(IsOwnOrigin("http://wardcast:7480", "wardcast:7480", Scheme::kHttps));
}

TEST(Origin, KnowsTheNamesOfThisMachine) {
  for (const char* host : {"localhost", "LOCALHOST:7480", "127.0.0.1:7480", "127.1.2.3",
                           "[::1]:7480", "[::1]", "::1", "wardcast.localhost:1"}) {
    EXPECT_TRUE(IsLoopbackName(host)) << host;
  }
  for (const char* host :
       {"", "evil.example", "127.0.0.1.evil.example", "10.0.0.1:7480", "localhost.evil.example",
        "notlocalhost", "[::2]:7480", "127.evil.a.b"}) {
    EXPECT_FALSE(IsLoopbackName(host)) << host;
  }
}

}  // namespace
}  // namespace wardcast
