#include "server/broker/config.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace wardcast {
namespace {

using testing::HasSubstr;

TEST(Config, NothingConfiguredIsOneHospitalOnOneMachine) {
  const auto config = ParseConfig("", "wardcast.toml");
  ASSERT_TRUE(config);
  EXPECT_EQ(config->grpc_listen.port, 7443);
  EXPECT_EQ(config->http_listen.port, 7480);
  EXPECT_TRUE(config->postgresql.empty());
  EXPECT_FALSE(config->uses_redis());
}

TEST(Config, EveryKeyIsTaken) {
  const auto config = ParseConfig(R"(
data_dir = "/srv/wardcast"
drain_time_s = 3
[grpc]
listen = "127.0.0.1:0"
[http]
listen = "localhost:8080"
web_dir = "/srv/web"
[store]
postgresql = "host=db1,db2 dbname=wardcast"
[redis]
host = "127.0.0.1"
port = 6380
username = "w"
password_file = "/etc/wardcast/redis"
[log]
level = "debug"
format = "json"
)",
                                  "wardcast.toml");
  ASSERT_TRUE(config) << config.error().message;
  EXPECT_EQ(config->data_dir, "/srv/wardcast");
  EXPECT_EQ(config->drain_time, std::chrono::seconds(3));
  EXPECT_EQ(config->grpc_listen.port, 0);
  EXPECT_EQ(config->http_listen.host, "localhost");
  EXPECT_EQ(config->postgresql, "host=db1,db2 dbname=wardcast");
  EXPECT_TRUE(config->uses_redis());
  EXPECT_EQ(config->redis_port, 6380);
  EXPECT_EQ(config->log_format, "json");
}

TEST(Config, AMisspeltKeyIsRefusedWithItsLine) {
  const auto config =
      ParseConfig("data_dir = \"/x\"\n[grpc]\nlissten = \"127.0.0.1:1\"\n", "wardcast.toml");
  ASSERT_FALSE(config);
  EXPECT_EQ(config.error().code, Code::kInvalidArgument);
  ASSERT_EQ(config.error().violations.size(), 1u);
  EXPECT_EQ(config.error().violations[0].field, "wardcast.toml:3");
  EXPECT_THAT(config.error().violations[0].description, HasSubstr("unknown key grpc.lissten"));
}

TEST(Config, EveryWrongValueIsNamedAtOnce) {
  const auto config = ParseConfig(
      "drain_time_s = -1\n[log]\nlevel = \"loud\"\n[redis]\nport = \"6379\"\n", "wardcast.toml");
  ASSERT_FALSE(config);
  EXPECT_EQ(config.error().violations.size(), 3u);
}

TEST(Config, BrokenTomlIsRefusedWithItsLine) {
  const auto config = ParseConfig("data_dir = \"/x\"\n[grpc\n", "wardcast.toml");
  ASSERT_FALSE(config);
  EXPECT_THAT(config.error().message, HasSubstr("wardcast.toml:2"));
}

TEST(Config, ListensOnLoopbackOnlyUntilItSpeaksTls) {
  EXPECT_TRUE(ParseListenAddress("127.0.0.1:7443"));
  EXPECT_TRUE(ParseListenAddress("[::1]:0"));
  EXPECT_EQ(ParseListenAddress("0.0.0.0:7443").error().code, Code::kFailedPrecondition);
  EXPECT_EQ(ParseListenAddress("10.1.2.3:7443").error().code, Code::kFailedPrecondition);
  for (const char* wrong :
       {"", ":1", "localhost", "localhost:", "localhost:65536", "localhost:1x"}) {
    EXPECT_EQ(ParseListenAddress(wrong).error().code, Code::kInvalidArgument) << wrong;
  }
}

}  // namespace
}  // namespace wardcast
