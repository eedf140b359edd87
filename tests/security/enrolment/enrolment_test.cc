// Attempts to become an endpoint, or another one, with the real broker; and the one that is meant
// to work.
#include <gmock/gmock.h>
#include <signal.h>

#include <fstream>

#include "base/file.h"
#include "base/tls/signing_request.h"
#include "server/access/certificates/authority.h"
#include "tests/programs/secure_broker.h"
#include "tests/security/enrolment/pc.h"
#include "wardcast/v1/endpoint_service.grpc.pb.h"

namespace wardcast::testing {
namespace {

namespace fs = std::filesystem;
using std::chrono::days;
using std::chrono::seconds;
using ::testing::HasSubstr;
using ::testing::Not;

TEST(Enrolment, AMachineWithTheLineGetsInAndNobodyElse) {
  const SecureBroker broker;
  Pc pc(broker, "4w-pc-01");
  const auto place = pc.Enrol(broker.EnrolLine({"--uses", "1"}));
  ASSERT_TRUE(place) << place.error().message << broker.Log();
  EXPECT_EQ(pc.ReportAs("4w-pc-01"), grpc::StatusCode::OK);
  EXPECT_EQ(TextOf(broker.folder() / "signing.pub"), place->signing_key);
  OpenStream stream(pc.Channel(), "4w-pc-01");
  EXPECT_TRUE(ComesTrue([&] { return stream.Synced(); }));
  // Without a certificate.
  OpenStream stranger(broker.Channel(), "4w-pc-02");
  EXPECT_TRUE(ComesTrue([&] { return stranger.over(); }));
  EXPECT_EQ(stranger.status().error_code(), grpc::StatusCode::UNAUTHENTICATED);
  EXPECT_THAT(stranger.status().error_message(), HasSubstr("enroll-token"));
}

TEST(Enrolment, AsAnotherEndpoint) {
  const SecureBroker broker;
  Pc pc(broker, "4w-pc-01");
  ASSERT_TRUE(pc.Enrol(broker.EnrolLine()));
  EXPECT_EQ(pc.ReportAs("icu-pc-01"), grpc::StatusCode::PERMISSION_DENIED);
  OpenStream other(pc.Channel(), "icu-pc-01");
  EXPECT_TRUE(ComesTrue([&] { return other.over(); }));
  EXPECT_EQ(other.status().error_code(), grpc::StatusCode::PERMISSION_DENIED);
  EXPECT_THAT(other.status().error_message(), HasSubstr("only as itself"));
  grpc::ClientContext context;
  v1::GetSettingsRequest request;
  request.set_endpoint_id("icu-pc-01");
  v1::GetSettingsResponse response;
  EXPECT_EQ(v1::EndpointService::NewStub(pc.Channel())
                ->GetSettings(&context, request, &response)
                .error_code(),
            grpc::StatusCode::PERMISSION_DENIED);
}

TEST(Enrolment, ATokenThatIsWrongUsedUpOrRevoked) {
  const SecureBroker broker;
  const std::string line = broker.EnrolLine({"--uses", "1"});
  EnrolLine forged = ReadEnrolLine(line).value();
  forged.token = std::string(48, '0');
  EXPECT_EQ(Pc(broker, "pc-1").Try(WriteEnrolLine(forged)), "UNAUTHENTICATED");
  EXPECT_EQ(Pc(broker, "pc-1").Try(line), "OK");
  EXPECT_EQ(Pc(broker, "pc-2", "SN-2").Try(line), "UNAUTHENTICATED");

  const std::string other = broker.EnrolLine({"--uses", "9"});
  const std::string tokens = broker.Admin({"enroll-tokens"}).text;
  EXPECT_THAT(tokens, Not(HasSubstr(ReadEnrolLine(other)->token)));
  EXPECT_EQ(broker.Admin({"revoke-enroll-token", tokens.substr(0, 26)}).code, 0) << tokens;
  EXPECT_EQ(Pc(broker, "pc-3", "SN-3").Try(other), "UNAUTHENTICATED");
}

TEST(Enrolment, AnAuthorityThatIsNotTheLines) {
  const SecureBroker broker;
  EnrolLine line = ReadEnrolLine(broker.EnrolLine()).value();
  line.authority = Authority::Make(SystemClock().Now()).certificate().ToPem();
  Pc pc(broker, "pc-1");
  EXPECT_EQ(pc.Try(WriteEnrolLine(line)), "UNAVAILABLE");
  EXPECT_THAT(broker.Admin({"enroll-tokens"}).text, HasSubstr("used 0 of 1"));
}

TEST(Enrolment, ARevokedEndpointIsOutAtOnce) {
  const SecureBroker broker;
  Pc pc(broker, "4w-pc-01");
  Pc neighbour(broker, "4w-pc-02", "SN-2");
  const std::string line = broker.EnrolLine({"--uses", "2"});
  ASSERT_TRUE(pc.Enrol(line) && neighbour.Enrol(line));
  OpenStream stream(pc.Channel(), "4w-pc-01");
  OpenStream stays(neighbour.Channel(), "4w-pc-02");
  ASSERT_TRUE(ComesTrue([&] { return stream.Synced() && stays.Synced(); }));
  const auto before = std::chrono::steady_clock::now();
  EXPECT_EQ(broker.Admin({"revoke-certificate", "4w-pc-01", "--reason", "stolen"}).code, 0);
  EXPECT_TRUE(ComesTrue([&] { return stream.over(); }));
  EXPECT_LT(std::chrono::steady_clock::now() - before, seconds(15)) << "not by the next heartbeat";
  EXPECT_EQ(stream.status().error_code(), grpc::StatusCode::PERMISSION_DENIED);
  EXPECT_EQ(pc.ReportAs("4w-pc-01"), grpc::StatusCode::PERMISSION_DENIED);
  OpenStream again(pc.Channel(), "4w-pc-01");
  EXPECT_TRUE(ComesTrue([&] { return again.over(); }));
  EXPECT_EQ(again.status().error_code(), grpc::StatusCode::PERMISSION_DENIED);
  const auto renewed = pc.Renew();
  ASSERT_FALSE(renewed);
  EXPECT_EQ(renewed.error().code, Code::kPermissionDenied);
  EXPECT_FALSE(stays.over());
  EXPECT_EQ(neighbour.ReportAs("4w-pc-02"), grpc::StatusCode::OK);
}

TEST(Enrolment, ARevokedEndpointStaysOutAfterARestart) {
  SecureBroker broker;
  Pc pc(broker, "4w-pc-01");
  ASSERT_TRUE(pc.Enrol(broker.EnrolLine()));
  EXPECT_EQ(broker.Admin({"revoke-certificate", "4w-pc-01"}).code, 0);
  broker.Stop();
  broker.Start();
  EXPECT_EQ(pc.ReportAs("4w-pc-01"), grpc::StatusCode::PERMISSION_DENIED);
}

TEST(Enrolment, RenewalLeavesOpenStreamsAlone) {
  const SecureBroker broker;
  Pc pc(broker, "4w-pc-01");
  ASSERT_TRUE(pc.Enrol(broker.EnrolLine()));
  OpenStream stream(pc.Channel(), "4w-pc-01");
  ASSERT_TRUE(ComesTrue([&] { return stream.Synced(); }));
  const std::string first = pc.place().tls.certificate;
  const auto renewed = pc.Renew();
  ASSERT_TRUE(renewed) << renewed.error().message;
  EXPECT_NE(renewed->tls.certificate, first);
  EXPECT_EQ(pc.ReportAs("4w-pc-01"), grpc::StatusCode::OK);
  EXPECT_FALSE(stream.over());
  EXPECT_EQ(stream.connection(), GRPC_CHANNEL_READY);
}

TEST(Enrolment, RenewalNeedsTheRegisteredKey) {
  const SecureBroker broker;
  Pc pc(broker, "4w-pc-01");
  ASSERT_TRUE(pc.Enrol(broker.EnrolLine()));
  v1::RenewRequest request;
  request.set_endpoint_id("4w-pc-01");
  request.set_signing_request(MakeSigningRequest(PrivateKey::Generate(), "4w-pc-01"));
  grpc::ClientContext context;
  v1::RenewResponse response;
  EXPECT_EQ(v1::EndpointService::NewStub(broker.Channel())
                ->Renew(&context, request, &response)
                .error_code(),
            grpc::StatusCode::UNAUTHENTICATED);
}

TEST(Enrolment, SigningRequestsThatAreHostile) {
  const SecureBroker broker;
  const EnrolLine line = ReadEnrolLine(broker.EnrolLine()).value();
  const auto stub = v1::EndpointService::NewStub(broker.Channel());
  for (const std::string& der :
       {std::string(), std::string("hello"), std::string(9'000, 'x'), std::string(8'000, '\x30')}) {
    v1::EnrollRequest request;
    request.set_token(line.token);
    *request.mutable_endpoint() = Endpoint("pc-1");
    request.set_signing_request(der);
    grpc::ClientContext context;
    v1::EnrollResponse response;
    EXPECT_EQ(stub->Enroll(&context, request, &response).error_code(),
              grpc::StatusCode::INVALID_ARGUMENT);
  }
  EXPECT_THAT(broker.Admin({"enroll-tokens"}).text, HasSubstr("used 0 of 1"));
}

TEST(Enrolment, AMachineThatWasSetUpAnewTakesItsOldPlaceAndAnotherOneDoesNot) {
  const SecureBroker broker;
  const std::string line = broker.EnrolLine({"--uses", "9"});
  Pc before(broker, "4w-pc-01", "SN-1");
  ASSERT_TRUE(before.Enrol(line));
  OpenStream old(before.Channel(), "4w-pc-01");
  ASSERT_TRUE(ComesTrue([&] { return old.Synced(); }));
  EXPECT_EQ(Pc(broker, "4w-pc-01", "SN-9").Try(line), "ALREADY_EXISTS");
  EXPECT_FALSE(old.over());
  Pc after(broker, "4w-pc-01", "SN-1");
  ASSERT_TRUE(after.Enrol(line));
  EXPECT_EQ(after.ReportAs("4w-pc-01"), grpc::StatusCode::OK);
  EXPECT_TRUE(ComesTrue([&] { return old.over(); }));
  EXPECT_EQ(before.ReportAs("4w-pc-01"), grpc::StatusCode::PERMISSION_DENIED);
  // A new machine in the place of a broken one.
  EXPECT_EQ(broker.Admin({"revoke-certificate", "4w-pc-01", "--reason", "broken"}).code, 0);
  EXPECT_EQ(Pc(broker, "4w-pc-01", "SN-9").Try(line), "OK");
}

// The agent itself: a line in a file, and it is there; also at the next start, without the line.
TEST(Enrolment, TheAgentEnrolsAndShowsWhatIsOn) {
  const SecureBroker broker;
  const fs::path file = broker.place() / "line";
  std::ofstream(file) << broker.EnrolLine() << "\n";
  const auto start = [&](std::vector<std::string> extra) {
    const char* bin = std::getenv("WARDCAST_BIN");
    std::vector<std::string> command{
        std::string(bin ? bin : WARDCAST_BUILD_BIN) + "/wardcast-agent",
        "--headless",
        "--endpoint",
        "4w-pc-01",
        "--serial",
        "SN-1",
        "--data-dir",
        broker.place() / "agent"};
    command.insert(command.end(), extra.begin(), extra.end());
    return std::make_unique<ChildProcess>(command, broker.place() / "agent.log");
  };
  const auto in_contact = [&] {
    return TextOf(broker.place() / "agent.log").contains("in contact with a broker");
  };
  auto agent = start({"--enroll-file", file});
  EXPECT_TRUE(ComesTrue(in_contact)) << TextOf(broker.place() / "agent.log") << broker.Log();
  agent->Signal(SIGTERM);
  EXPECT_EQ(agent->Wait(seconds(20)), 0);
  fs::remove(broker.place() / "agent.log");
  agent = start({});
  EXPECT_TRUE(ComesTrue(in_contact)) << TextOf(broker.place() / "agent.log") << broker.Log();
  EXPECT_THAT(broker.Admin({"certificates"}).text, HasSubstr("4w-pc-01"));
  EXPECT_THAT(TextOf(broker.place() / "agent.log"), Not(HasSubstr("PRIVATE KEY")));
  // A clone of that disk in another machine.
  agent.reset();
  fs::copy(broker.place() / "agent", broker.place() / "clone", fs::copy_options::recursive);
  const Said clone = broker.Run({"wardcast-agent", "--headless", "--endpoint", "4w-pc-01",
                                 "--serial", "SN-2", "--data-dir", broker.place() / "clone"});
  EXPECT_EQ(clone.code, 3);
  EXPECT_THAT(clone.text, HasSubstr("another machine"));
}

TEST(Enrolment, AnAgentThatIsNotEnrolledAsksNoOtherMachine) {
  const SecureBroker broker;
  const Said said = broker.Run({"wardcast-agent", "--headless", "--broker", "10.255.255.1:7443",
                                "--data-dir", broker.place() / "agent"});
  EXPECT_EQ(said.code, 3);
  EXPECT_THAT(said.text, HasSubstr("enroll-token"));
}

TEST(Identity, AnotherBrokerJoinsByTheFile) {
  SecureBroker broker;
  const fs::path file = broker.place() / "identity";
  const Said exported = broker.Admin({"export-identity", file});
  ASSERT_EQ(exported.code, 0) << exported.text;
  // The passphrase is the last line of what was said.
  std::string passphrase = exported.text.substr(0, exported.text.find_last_not_of('\n') + 1);
  passphrase = passphrase.substr(passphrase.rfind('\n') + 1);
  EXPECT_EQ(passphrase.size(), 29u) << exported.text;
  EXPECT_THAT(TextOf(file), Not(HasSubstr("PRIVATE KEY")));
  const fs::path second = broker.place() / "second";
  const Said wrong =
      broker.Run({"wardcastd", "--data-dir", second, "--join", file}, "wrong passphrase\n");
  EXPECT_EQ(wrong.code, 1);
  EXPECT_THAT(wrong.text, HasSubstr("passphrase"));
  EXPECT_FALSE(fs::exists(second / "tls" / "authority.key"));
  const Said joined =
      broker.Run({"wardcastd", "--data-dir", second, "--join", file}, passphrase + "\n");
  EXPECT_EQ(joined.code, 0) << joined.text;
  for (const char* name : {"tls/authority.key", "tls/authority.pem", "signing.key"})
    EXPECT_EQ(TextOf(second / name), TextOf(broker.folder() / name)) << name;
}

}  // namespace
}  // namespace wardcast::testing
