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
insecure_loopback = true
[grpc]
listen = "127.0.0.1:0"
[http]
listen = "localhost:8080"
web_dir = "/srv/web"
[session]
idle_s = 900
longest_s = 28800
[store]
postgresql = "host=db1,db2 dbname=wardcast"
[redis]
host = "127.0.0.1"
port = 6380
username = "w"
password_file = "/etc/wardcast/redis"
[tls]
certificate = "/etc/wardcast/cert.pem"
key = "/etc/wardcast/key.pem"
ca = "/etc/wardcast/ca.pem"
names = ["wardcast.example.org", "10.1.2.3"]
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
  EXPECT_EQ(config->sessions.session_idle, std::chrono::minutes(15));
  EXPECT_EQ(config->sessions.session_longest, std::chrono::hours(8));
  EXPECT_EQ(config->postgresql, "host=db1,db2 dbname=wardcast");
  EXPECT_TRUE(config->uses_redis());
  EXPECT_EQ(config->redis_port, 6380);
  EXPECT_EQ(config->log_format, "json");
  EXPECT_TRUE(config->insecure_loopback);
  EXPECT_EQ(config->tls_ca, "/etc/wardcast/ca.pem");
  EXPECT_THAT(config->tls_names, testing::ElementsAre("wardcast.example.org", "10.1.2.3"));
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

TEST(Config, ListensEverywhereWithTlsAndOnLoopbackWithout) {
  Config config;
  EXPECT_EQ(config.GrpcListen().host, "0.0.0.0");
  config.insecure_loopback = true;
  EXPECT_EQ(config.GrpcListen().host, "127.0.0.1");
  EXPECT_EQ(config.HttpListen().host, "127.0.0.1");
  EXPECT_TRUE(CheckConfig(config));
}

TEST(Config, PlainTextIsNotOfferedToANetwork) {
  for (const char* address : {"0.0.0.0:7443", "10.1.2.3:7443", "[::]:7443", "wardcast:7443"}) {
    Config config;
    config.insecure_loopback = true;
    config.http_listen = ParseListenAddress(address).value();
    const auto checked = CheckConfig(config);
    ASSERT_FALSE(checked) << address;
    EXPECT_EQ(checked.error().code, Code::kFailedPrecondition);
    EXPECT_THAT(checked.error().message, HasSubstr("insecure_loopback"));
    config.insecure_loopback = false;
    EXPECT_TRUE(CheckConfig(config)) << address;
  }
  for (const char* address : {"127.0.0.1:1", "localhost:1", "[::1]:0"})
    EXPECT_TRUE(IsLoopback(ParseListenAddress(address).value())) << address;
}

TEST(Config, TheHospitalsCertificateIsComplete) {
  auto config = ParseConfig("[tls]\ncertificate = \"/a\"\nkey = \"/b\"\n", "wardcast.toml");
  ASSERT_TRUE(config);
  EXPECT_EQ(CheckConfig(*config).error().code, Code::kFailedPrecondition);
  config->tls_ca = "/c";
  EXPECT_TRUE(CheckConfig(*config));
}

constexpr const char* kDirectory = R"(
[ldap]
url = ["ldaps://dc1.example.org", "ldaps://dc2.example.org"]
ca = "/etc/wardcast/directory-ca.pem"
bind_dn = "cn=wardcast,dc=example,dc=org"
bind_password_file = "/etc/wardcast/directory-password"
base = "dc=example,dc=org"
connect_timeout_s = 2
look_again_s = 60
[[ldap.role]]
group = "CN=Service Desk,OU=Groups,DC=example,DC=org"
role = "service-desk"
kinds = ["outage", "information"]
max_severity = "severe"
max_presentation = "dialog"
max_endpoints = 500
sites = ["main"]
[[ldap.role]]
group = "CN=Nurses 4 West,OU=Groups,DC=example,DC=org"
role = "ward-staff"
wards = "4w"
)";

TEST(Config, TheHospitalsDirectoryIsTaken) {
  const auto config = ParseConfig(kDirectory, "wardcast.toml");
  ASSERT_TRUE(config) << config.error().message;
  EXPECT_TRUE(config->ldap_given);
  EXPECT_THAT(config->ldap.urls,
              testing::ElementsAre("ldaps://dc1.example.org", "ldaps://dc2.example.org"));
  EXPECT_EQ(config->ldap.connect_timeout, std::chrono::seconds(2));
  EXPECT_EQ(config->ldap.answer_timeout, std::chrono::seconds(5));
  EXPECT_EQ(config->ldap.look_again, std::chrono::seconds(60));
  ASSERT_EQ(config->ldap.roles.size(), 2u);
  const v1::Scope& desk = config->ldap.roles[0].assignment.scope();
  EXPECT_EQ(desk.kinds_size(), 2);
  EXPECT_EQ(desk.max_severity(), v1::Severity::SEVERE);
  EXPECT_EQ(desk.max_presentation(), v1::Presentation::DIALOG);
  EXPECT_EQ(desk.max_endpoints(), 500);
  EXPECT_EQ(desk.sites(0), "main");
  EXPECT_EQ(config->ldap.roles[1].group, "CN=Nurses 4 West,OU=Groups,DC=example,DC=org");
  EXPECT_EQ(config->ldap.roles[1].assignment.scope().wards(0), "4w");
  EXPECT_EQ(CheckConfig(*config).error().code, Code::kNotFound) << "there is no password file";
  EXPECT_FALSE(ParseConfig("", "wardcast.toml")->ldap_given);
}

TEST(Config, AGroupsRoleIsRefusedWithItsLine) {
  const auto line_of = [](const std::string& role) {
    const auto config = ParseConfig(
        "[ldap]\nurl = \"ldaps://dc1\"\n[[ldap.role]]\n"
        "group = \"cn=a,dc=b\"\n" +
            role,
        "wardcast.toml");
    return config ? std::string("taken")
                  : config.error().violations.at(0).field + " " +
                        config.error().violations.at(0).description;
  };
  EXPECT_EQ(line_of("role = \"auditor\"\n"), "taken");
  EXPECT_THAT(line_of("role = \"auditor\"\nward = \"4w\"\n"),
              HasSubstr("wardcast.toml:6 unknown key ldap.role.ward"));
  EXPECT_THAT(line_of("role = \"king\"\n"), HasSubstr("known are"));
  EXPECT_THAT(line_of("role = \"ward-staff\"\n"), HasSubstr("needs to know which wards"));
  EXPECT_THAT(line_of("role = \"viewer\"\nmax_severity = \"terrible\"\n"),
              HasSubstr("wardcast.toml:6 ldap.role.max_severity"));
  EXPECT_THAT(line_of("role = \"viewer\"\nkinds = [\"gossip\"]\n"),
              HasSubstr("wardcast.toml:6 ldap.role.kinds"));
  const auto flat = ParseConfig("[ldap]\nrole = \"auditor\"\n", "wardcast.toml");
  ASSERT_FALSE(flat);
  EXPECT_THAT(flat.error().message, HasSubstr("[[ldap.role]]"));
}

TEST(Config, ADirectoryWithoutEverythingThatItNeedsDoesNotStart) {
  const auto config = ParseConfig("[ldap]\nurl = \"ldap://dc1\"\n", "wardcast.toml");
  ASSERT_TRUE(config) << config.error().message;
  EXPECT_EQ(CheckConfig(*config).error().code, Code::kFailedPrecondition);
  EXPECT_EQ(CheckConfig(ParseConfig("[ldap]\n", "wardcast.toml").value()).error().code,
            Code::kFailedPrecondition);
}

TEST(Config, AnAddressIsHostAndPort) {
  for (const char* wrong :
       {"", ":1", "localhost", "localhost:", "localhost:65536", "localhost:1x"}) {
    EXPECT_EQ(ParseListenAddress(wrong).error().code, Code::kInvalidArgument) << wrong;
  }
}

}  // namespace
}  // namespace wardcast
