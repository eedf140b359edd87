// From a fresh start to a publisher who has signed in and told a ward: no default password, no step
// that would have to be undone.
#include <gmock/gmock.h>

#include <cstdlib>
#include <filesystem>

#include "base/clock.h"
#include "base/file.h"
#include "server/access/people/totp.h"
#include "tests/programs/secure_broker.h"
#include "tests/servers/child_process.h"
#include "wardcast/v1/access_service.grpc.pb.h"

namespace wardcast::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kLinkPath[] = "/#/set-password/";
constexpr char kGoodPassword[] = "correct horse battery staple";

// The secret of the newest one-time link in a text; empty: there is none.
std::string LinkIn(const std::string& text) {
  const auto at = text.rfind(kLinkPath);
  if (at == std::string::npos) return {};
  const std::string rest = text.substr(at + sizeof(kLinkPath) - 1);
  return rest.substr(0, rest.find_first_not_of("0123456789abcdef"));
}

class FirstStart : public ::testing::Test {
 protected:
  template <class Call>
  grpc::Status Ask(const std::string& token, Call call) {
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(30));
    if (!token.empty()) context.AddMetadata("authorization", "Bearer " + token);
    return call(*stub_, &context);
  }
  void SetPassword(const std::string& link) {
    v1::SetPasswordRequest request;
    request.set_link(link);
    request.set_new_password(kGoodPassword);
    v1::SetPasswordResponse response;
    const grpc::Status status = Ask("", [&](auto& stub, auto* context) {
      return stub.SetPassword(context, request, &response);
    });
    ASSERT_TRUE(status.ok()) << status.error_message();
  }
  // Signs in and sets up an authenticator; the session's token, kept in a file for programs.
  std::string SignIn(const std::string& account) {
    v1::SignInRequest request;
    request.set_account(account);
    request.set_password(kGoodPassword);
    request.set_want_token(true);
    v1::SignInResponse signed_in;
    grpc::Status status = Ask(
        "", [&](auto& stub, auto* context) { return stub.SignIn(context, request, &signed_in); });
    EXPECT_TRUE(status.ok()) << status.error_message();
    EXPECT_TRUE(signed_in.who().second_factor_missing());
    v1::BeginTotpResponse begun;
    status = Ask(signed_in.token(),
                 [&](auto& stub, auto* context) { return stub.BeginTotp(context, {}, &begun); });
    EXPECT_TRUE(status.ok()) << status.error_message();
    v1::ConfirmTotpRequest confirm;
    confirm.set_code(
        TotpCode(begun.secret(), SystemClock().Now().time_since_epoch() / std::chrono::seconds(30))
            .value_or(""));
    v1::ConfirmTotpResponse confirmed;
    status = Ask(signed_in.token(), [&](auto& stub, auto* context) {
      return stub.ConfirmTotp(context, confirm, &confirmed);
    });
    EXPECT_TRUE(status.ok()) << status.error_message();
    const std::filesystem::path file = broker_.place() / account;
    EXPECT_TRUE(WriteSecretFile(file, signed_in.token() + "\n"));
    return file.string();
  }
  Said Wardcast(const std::string& token_file, std::vector<std::string> command) {
    std::vector<std::string> whole = {"wardcast",
                                      "--broker",
                                      broker_.grpc(),
                                      "--ca",
                                      (broker_.folder() / "tls" / "ca.pem").string(),
                                      "--token-file",
                                      token_file};
    whole.insert(whole.end(), command.begin(), command.end());
    return broker_.Run(whole);
  }

  SecureBroker broker_;
  std::unique_ptr<v1::AccessService::Stub> stub_ = v1::AccessService::NewStub(broker_.Channel());
};

TEST_F(FirstStart, LeadsToAPublisherWhoHasSignedIn) {
  EXPECT_FALSE(std::filesystem::exists(broker_.folder() / "admin.token"));
  const std::string link = LinkIn(broker_.Log());
  ASSERT_FALSE(link.empty()) << broker_.Log();
  SetPassword(link);
  const std::string administrator = SignIn("administrator");
  const Said imported = Wardcast(administrator, {"import", WARDCAST_DEMO});
  EXPECT_EQ(imported.code, 0) << imported.text;

  const Said made = broker_.Admin({"account", "set", "ann", "--role", "service-desk"});
  EXPECT_EQ(made.code, 0) << made.text;
  SetPassword(LinkIn(made.text));
  const std::string ann = SignIn("ann");
  const std::vector<std::string> publish = {"publish",
                                            "--kind",
                                            "outage",
                                            "--severity",
                                            "severe",
                                            "--service",
                                            "lab-results",
                                            "--ward",
                                            "icu",
                                            "--headline",
                                            "Lab results do not reach the EHR"};
  const Said refused = Wardcast(administrator, publish);
  EXPECT_EQ(refused.code, 1) << refused.text;
  EXPECT_THAT(refused.text, HasSubstr("needs the role publisher"));
  const Said published = Wardcast(ann, publish);
  EXPECT_EQ(published.code, 0) << published.text;

  const Said trail = broker_.Admin({"audit"});
  EXPECT_EQ(trail.code, 0) << trail.text;
  for (const char* what : {"set-password", "sign-in", "confirm-totp", "import-directory",
                           "upsert-account", "refused", "publish-alert"})
    EXPECT_THAT(trail.text, HasSubstr(what));
  EXPECT_THAT(trail.text, Not(HasSubstr("Lab results")));
  EXPECT_THAT(trail.text, Not(HasSubstr(kGoodPassword)));

  EXPECT_EQ(Wardcast(ann, {"sign-out"}).code, 0);
  EXPECT_EQ(Wardcast(ann, publish).code, 4);
}

// A fleet enrols by itself. Two sites call their PCs the same; the token says where one stands.
TEST_F(FirstStart, WhoEnrolsIsPlacedByARuleOfItsTokensSiteUntilItIsRevoked) {
  SetPassword(LinkIn(broker_.Log()));
  const std::string administrator = SignIn("administrator");
  ASSERT_EQ(Wardcast(administrator, {"import", WARDCAST_DEMO}).code, 0);
  const std::filesystem::path rules = broker_.place() / "placement.csv";
  ASSERT_TRUE(WriteSecretFile(rules,
                              "pattern,ward,site\nNEW-*,4w,main\nNEW-??,n-2,north\n"
                              "NEW-9*,icu,\n"));
  ASSERT_EQ(Wardcast(administrator, {"import", rules}).code, 0);
  const std::filesystem::path line = broker_.place() / "line";
  ASSERT_TRUE(WriteSecretFile(line, broker_.EnrolLine({"--site", "north"})));
  const char* bin = std::getenv("WARDCAST_BIN");
  const ChildProcess agent({std::string(bin ? bin : WARDCAST_BUILD_BIN) + "/wardcast-agent",
                            "--headless", "--endpoint", "new-07", "--serial", "SN-1", "--data-dir",
                            broker_.place() / "agent", "--enroll-file", line},
                           broker_.place() / "agent.log");
  const auto in_ward = [&](const std::string& ward_id) {
    return Wardcast(administrator, {"endpoint", "--ward", ward_id}).text.contains("new-07");
  };
  EXPECT_TRUE(ComesTrue([&] { return in_ward("n-2"); }))
      << TextOf(broker_.place() / "agent.log") << broker_.Log();
  EXPECT_FALSE(in_ward("4w"));

  EXPECT_EQ(broker_.Admin({"revoke-certificate", "new-07", "--reason", "stolen"}).code, 0);
  EXPECT_TRUE(ComesTrue([&] { return !in_ward("n-2"); })) << broker_.Log();
}

TEST_F(FirstStart, ALinkIsMadeAnewUntilItWasUsed) {
  const std::string first = LinkIn(broker_.Log());
  broker_.Stop();
  broker_.Start();
  stub_ = v1::AccessService::NewStub(broker_.Channel());
  const std::string second = LinkIn(broker_.Log());
  ASSERT_NE(second, first);
  v1::SetPasswordRequest request;
  request.set_link(first);
  request.set_new_password(kGoodPassword);
  v1::SetPasswordResponse response;
  EXPECT_EQ(Ask("", [&](auto& stub,
                        auto* context) { return stub.SetPassword(context, request, &response); })
                .error_code(),
            grpc::StatusCode::PERMISSION_DENIED);
  SetPassword(second);
  broker_.Stop();
  broker_.Start();
  EXPECT_EQ(LinkIn(broker_.Log()), second) << "whoever can sign in gets no further link";
}

TEST_F(FirstStart, AMachinesTokenIsMadeBeforeAnybodyExists) {
  const Said made = broker_.Admin(
      {"token", "create", "nagios", "--role", "publisher", "--service", "lab-results"});
  ASSERT_EQ(made.code, 0) << made.text;
  EXPECT_THAT(made.text, HasSubstr("wct_"));
  const Said listed = broker_.Admin({"token", "list"});
  EXPECT_THAT(listed.text, HasSubstr("never used"));
  EXPECT_THAT(listed.text, Not(HasSubstr("wct_")));
}

}  // namespace
}  // namespace wardcast::testing
