// Attempts on the two ports of a broker that runs as it comes, each with its refusal.
#include <gmock/gmock.h>
#include <sys/stat.h>

#include <fstream>

#include "base/file.h"
#include "server/access/certificates/authority.h"
#include "tests/programs/secure_broker.h"
#include "wardcast/v1/system_service.grpc.pb.h"

namespace wardcast::testing {
namespace {

namespace fs = std::filesystem;
using std::chrono::days;
using std::chrono::hours;
using ::testing::AllOf;
using ::testing::AnyOf;
using ::testing::Each;
using ::testing::HasSubstr;
using ::testing::Not;

TimePoint Now() { return SystemClock().Now(); }

Shown ShownBy(const Authority& authority, const Validity& validity) {
  const PrivateKey key = PrivateKey::Generate();
  return {.key = key.ToPem(),
          .certificate =
              authority
                  .IssueClient(key.get(), "wardcast:endpoint:4w-pc-01:01JNENDPOINT0000000000000",
                               validity)
                  .ToPem()};
}

Authority OwnAuthority(const SecureBroker& broker) {
  return Authority::FromPem(TextOf(broker.folder() / "tls" / "authority.pem"),
                            TextOf(broker.folder() / "tls" / "authority.key"))
      .value();
}

TEST(Tls, ProtocolsThatAreOver) {
  const SecureBroker broker;
  for (const int port : {broker.grpc_port(), broker.http_port()}) {
    for (const char* old : {"-tls1", "-tls1_1"}) {
      const Said said = broker.AskOpenssl(port, std::string(old) + " -cipher DEFAULT@SECLEVEL=0");
      EXPECT_NE(said.code, 0) << port << old << said.text;
      EXPECT_THAT(said.text, HasSubstr("Cipher is (NONE)")) << port << old;
    }
    for (const char* good : {"-tls1_2", "-tls1_3"}) {
      const Said said =
          broker.AskOpenssl(port, std::string(good) +
                                      " -alpn h2,http/1.1 -verify_return_error -verify_hostname "
                                      "localhost -CAfile " +
                                      (broker.folder() / "tls" / "ca.pem").string());
      EXPECT_THAT(said.text, HasSubstr("Verify return code: 0 (ok)")) << port << good;
    }
  }
}

TEST(Tls, PlainText) {
  const SecureBroker broker;
  const Said http = broker.Run({"curl", "-sS", "--max-time", "20",
                                "http://localhost:" + std::to_string(broker.http_port()) + "/"});
  EXPECT_NE(http.code, 0) << http.text;
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(20));
  v1::GetVersionResponse response;
  const auto status = v1::SystemService::NewStub(
                          grpc::CreateChannel(broker.grpc(), grpc::InsecureChannelCredentials()))
                          ->GetVersion(&context, v1::GetVersionRequest(), &response);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::UNAVAILABLE) << status.error_message();
}

TEST(Tls, WhoTrustsTheAuthorityIsServedOnBothPorts) {
  const SecureBroker broker;
  const std::string ca = broker.folder() / "tls" / "ca.pem";
  EXPECT_EQ(broker.AskVersion(), "OK");
  const Said page =
      broker.Run({"curl", "-sS", "--max-time", "20", "--cacert", ca,
                  "https://localhost:" + std::to_string(broker.http_port()) + "/healthz"});
  EXPECT_EQ(page.text, "ok\n");
  // By address, too.
  const Said by_address =
      broker.Run({"curl", "-sS", "--max-time", "20", "--cacert", ca,
                  "https://127.0.0.1:" + std::to_string(broker.http_port()) + "/healthz"});
  EXPECT_EQ(by_address.text, "ok\n");
}

TEST(Tls, AWebSocketIsServedOnTheConnectionThatSpeaksTls) {
  const SecureBroker broker;
  std::string close = "\x88\x82mask\x03\xe8";
  for (std::size_t i = 0; i < 2; ++i) close[6 + i] = static_cast<char>(close[6 + i] ^ close[2 + i]);
  const std::string host = "localhost:" + std::to_string(broker.http_port());
  const auto handshake = [&](const std::string& origin) {
    return broker
        .Run({"sh", "-c",
              "openssl s_client -quiet -connect 127.0.0.1:" + std::to_string(broker.http_port())},
             "GET /ws HTTP/1.1\r\nHost: " + host + "\r\nOrigin: " + origin +
                 "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                 "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                 "Sec-WebSocket-Protocol: wardcast.v1.json\r\n\r\n" +
                 close)
        .text;
  };
  EXPECT_THAT(handshake("https://" + host), AllOf(HasSubstr("101 Switching Protocols"),
                                                  HasSubstr("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")));
  // A page that came in plain text under the same name is another origin.
  EXPECT_THAT(handshake("http://" + host), HasSubstr("403"));
}

TEST(Tls, AServerOfAnotherAuthority) {
  const SecureBroker broker;
  const Authority foreign = Authority::Make(Now());
  EXPECT_EQ(broker.AskVersion({}, foreign.certificate().ToPem()), "UNAVAILABLE");
  const fs::path file = broker.place() / "foreign.pem";
  ASSERT_TRUE(WriteSecretFile(file, foreign.certificate().ToPem()));
  const Said listed = broker.Run({"wardcast", "--broker", broker.grpc(), "--ca", file, "list"});
  EXPECT_EQ(listed.code, 3) << listed.text;
  const Said page =
      broker.Run({"curl", "-sS", "--max-time", "20", "--cacert", file,
                  "https://localhost:" + std::to_string(broker.http_port()) + "/healthz"});
  EXPECT_NE(page.code, 0) << page.text;
}

TEST(Tls, AServerUnderAnotherName) {
  const SecureBroker broker;
  const Said page =
      broker.Run({"curl", "-sS", "--max-time", "20", "--cacert", broker.folder() / "tls" / "ca.pem",
                  "--resolve", "evil.example:" + std::to_string(broker.http_port()) + ":127.0.0.1",
                  "https://evil.example:" + std::to_string(broker.http_port()) + "/healthz"});
  EXPECT_NE(page.code, 0) << page.text;
}

TEST(Tls, ClientCertificatesThatTheAuthorityHasNotSigned) {
  const SecureBroker broker;
  const Authority own = OwnAuthority(broker);
  const Validity valid{.from = Now() - hours(1), .until = Now() + days(1)};
  EXPECT_EQ(broker.AskVersion(ShownBy(own, valid)), "OK");
  const Authority foreign = Authority::Make(Now());
  EXPECT_EQ(broker.AskVersion(ShownBy(foreign, valid)), "UNAVAILABLE");
  // Signed by itself.
  const Authority itself = Authority::Make(Now());
  EXPECT_EQ(
      broker.AskVersion({.key = itself.key().ToPem(), .certificate = itself.certificate().ToPem()}),
      "UNAVAILABLE");
  EXPECT_EQ(broker.AskVersion(ShownBy(own, {.from = Now() - days(3), .until = Now() - days(1)})),
            "UNAVAILABLE")
      << "expired";
  EXPECT_EQ(broker.AskVersion(ShownBy(own, {.from = Now() + days(1), .until = Now() + days(3)})),
            "UNAVAILABLE")
      << "not yet";
}

TEST(Tls, AServersCertificateIsNoClients) {
  const SecureBroker broker;
  const PrivateKey key = PrivateKey::Generate();
  const Certificate server = OwnAuthority(broker).IssueServer(
      key.get(), {"localhost"}, {.from = Now() - hours(1), .until = Now() + days(1)});
  EXPECT_EQ(broker.AskVersion({.key = key.ToPem(), .certificate = server.ToPem()}), "UNAVAILABLE");
}

TEST(Tls, KeysAreTheOwnersOnly) {
  const SecureBroker broker;
  for (const fs::directory_entry& entry : fs::directory_iterator(broker.folder() / "tls")) {
    struct stat facts{};
    ASSERT_EQ(stat(entry.path().c_str(), &facts), 0);
    EXPECT_EQ(facts.st_mode & 0777, 0600u) << entry.path();
  }
  struct stat facts{};
  ASSERT_EQ(stat((broker.folder() / "tls").c_str(), &facts), 0);
  EXPECT_EQ(facts.st_mode & 0777, 0700u);
  EXPECT_THAT(broker.Log(), Not(HasSubstr("PRIVATE KEY")));
}

TEST(Tls, PlainTextOfferedToANetwork) {
  SecureBroker broker;
  broker.Stop();
  const Said said = broker.Run({"wardcastd", "--data-dir", broker.folder(), "--insecure-loopback",
                                "--grpc-listen", "0.0.0.0:0"});
  EXPECT_EQ(said.code, 2);
  EXPECT_THAT(said.text, AllOf(HasSubstr("grpc.listen 0.0.0.0"), HasSubstr("loopback only")));
}

TEST(Tls, ABrokerWithoutTheAuthorityOfItsStore) {
  SecureBroker broker;
  broker.Stop();
  fs::rename(broker.folder() / "tls", broker.place() / "tls-away");
  const Said missing = broker.StartAndFail();
  EXPECT_EQ(missing.code, 1);
  EXPECT_THAT(missing.text, HasSubstr("wardcastd --join FILE"));
  EXPECT_FALSE(fs::exists(broker.folder() / "tls" / "authority.key"));
  fs::remove_all(broker.folder() / "tls");
  fs::rename(broker.place() / "tls-away", broker.folder() / "tls");
  broker.Start();
  EXPECT_EQ(broker.AskVersion(), "OK");
}

// The hospital's certificate, and its replacement while the broker runs.
TEST(Tls, AReplacedCertificateIsServedWithoutARestart) {
  TempFolder files;
  const Authority hospitals = Authority::Make(Now());
  const auto write = [&](TimePoint until) {
    const PrivateKey key = PrivateKey::Generate();
    const Certificate certificate = hospitals.IssueServer(
        key.get(), {"localhost", "127.0.0.1"}, {.from = Now() - days(1), .until = until});
    EXPECT_TRUE(WriteSecretFile(files.path() / "key.pem", key.ToPem()));
    EXPECT_TRUE(WriteSecretFile(files.path() / "cert.pem", certificate.ToPem()));
    return certificate.serial();
  };
  const std::string first = write(Now() + days(30));
  EXPECT_TRUE(WriteSecretFile(files.path() / "ca.pem", hospitals.certificate().ToPem()));
  std::ofstream(files.path() / "wardcast.toml")
      << "[tls]\ncertificate = '" << (files.path() / "cert.pem").string() << "'\nkey = '"
      << (files.path() / "key.pem").string() << "'\nca = '" << (files.path() / "ca.pem").string()
      << "'\n";
  const SecureBroker broker({"--config", files.path() / "wardcast.toml"});
  const auto served = [&](int port) {
    std::string serial =
        broker
            .Run({"sh", "-c",
                  "openssl s_client -connect 127.0.0.1:" + std::to_string(port) +
                      " -alpn h2,http/1.1 2>/dev/null | openssl x509 -noout -serial"})
            .text;
    for (char& c : serial) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return serial;
  };
  EXPECT_THAT(served(broker.http_port()), HasSubstr(first));
  EXPECT_THAT(served(broker.grpc_port()), HasSubstr(first));
  EXPECT_EQ(broker.AskVersion(), "OK");
  // A channel that stays open through it.
  const auto channel = broker.Channel();
  ASSERT_TRUE(
      channel->WaitForConnected(std::chrono::system_clock::now() + std::chrono::seconds(20)));
  const std::string second = write(Now() + days(60));
  EXPECT_TRUE(ComesTrue([&] { return served(broker.http_port()).contains(second); }));
  EXPECT_TRUE(ComesTrue([&] { return served(broker.grpc_port()).contains(second); }));
  EXPECT_EQ(channel->GetState(false), GRPC_CHANNEL_READY);
  EXPECT_EQ(broker.AskVersion(), "OK");
}

}  // namespace
}  // namespace wardcast::testing
