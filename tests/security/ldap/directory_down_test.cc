// Reads like the report of an incident: the directory goes down while the analyst's session has
// just ended, and the hospital still hears of it. The real broker over TLS, the real command line,
// a real slapd.
#include <gmock/gmock.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <map>

#include "base/clock.h"
#include "base/file.h"
#include "server/access/people/totp.h"
#include "tests/programs/secure_broker.h"
#include "tests/security/ldap/directory_scene.h"
#include "wardcast/v1/access_service.grpc.pb.h"

namespace wardcast::testing {
namespace {

namespace fs = std::filesystem;
using std::chrono::seconds;
using std::chrono::steady_clock;
using ::testing::AllOf;
using ::testing::HasSubstr;

constexpr char kGlassPassword[] = "sealed envelope in the safe";
constexpr char kLinkPath[] = "/#/set-password/";

std::int64_t StepNow() { return SystemClock().Now().time_since_epoch() / seconds(30); }

// The broker's file; its folder and the directory are there before the broker.
struct HospitalFile : SlapdOfTheHospital {
  HospitalFile() {
    std::ofstream(file()) << "[session]\nlongest_s = 30\nconfirm_for_s = 8\n[ldap]\nurl = \""
                          << slapd.ldaps() << "\"\nca = \"" << slapd.ca().string()
                          << "\"\nbind_dn = \"" << TempSlapd::bind_dn()
                          << "\"\nbind_password_file = \"" << slapd.bind_password_file().string()
                          << "\"\nbase = \"dc=example,dc=org\"\n"
                          << Role("Service Desk", "service-desk")
                          << Role("Wardcast Administrators", "administrator");
  }
  static std::string Role(const std::string& group, const std::string& role) {
    return "[[ldap.role]]\ngroup = \"" + DnOfGroup(group) + "\"\nrole = \"" + role + "\"\n";
  }
  fs::path file() const { return folder.path() / "wardcast.toml"; }

  TempFolder folder;
};

class DirectoryDown : protected HospitalFile, public ::testing::Test {
 protected:
  DirectoryDown() { setenv("XDG_STATE_HOME", (broker_.place() / "state").c_str(), 1); }
  ~DirectoryDown() override { unsetenv("XDG_STATE_HOME"); }

  TempSlapd& directory() { return HospitalFile::slapd; }

  template <class Call>
  void Ask(const std::string& token, Call call) {
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + seconds(30));
    if (!token.empty()) context.AddMetadata("authorization", "Bearer " + token);
    const grpc::Status status = call(*v1::AccessService::NewStub(broker_.Channel()), &context);
    ASSERT_TRUE(status.ok()) << status.error_message();
  }
  // Signs in for the first time and sets up an authenticator. Its session is kept in a file named
  // as the account.
  void Begin(const std::string& account, const std::string& password) {
    v1::SignInRequest request;
    request.set_account(account);
    request.set_password(password);
    request.set_want_token(true);
    v1::SignInResponse in;
    Ask("", [&](auto& stub, auto* context) { return stub.SignIn(context, request, &in); });
    v1::BeginTotpResponse begun;
    Ask(in.token(), [&](auto& stub, auto* context) { return stub.BeginTotp(context, {}, &begun); });
    secret_[account] = begun.secret();
    v1::ConfirmTotpRequest confirm;
    confirm.set_code(NextCode(account));
    v1::ConfirmTotpResponse confirmed;
    Ask(in.token(),
        [&](auto& stub, auto* context) { return stub.ConfirmTotp(context, confirm, &confirmed); });
    ASSERT_TRUE(WriteSecretFile(broker_.place() / account, in.token() + "\n"));
  }
  // A code that was not used yet; an authenticator shows the next one half a minute later.
  std::string NextCode(const std::string& account) {
    step_[account] = std::max(step_[account] + 1, StepNow());
    EXPECT_TRUE(ComesTrue([&] { return step_[account] <= StepNow() + 1; }));
    return *TotpCode(secret_[account], step_[account]);
  }
  Said Wardcast(std::vector<std::string> command, const std::string& input = {}) {
    std::vector<std::string> whole = {
        "wardcast",  "--broker", broker_.grpc(), "--ca", broker_.folder() / "tls" / "ca.pem",
        "--timeout", "30"};
    whole.insert(whole.end(), command.begin(), command.end());
    return broker_.Run(whole, input);
  }
  Said SignIn(const std::string& account, const std::string& password) {
    return Wardcast({"sign-in", account}, password + "\n" + NextCode(account) + "\n");
  }
  Said TellEveryone() {
    return Wardcast({"publish", "--everyone", "--reach", "412", "--kind", "outage", "--severity",
                     "severe", "--headline", "The hospital's sign-in does not work"});
  }
  // The demo hospital, imported by somebody of the directory.
  void Import() {
    Begin("adam", DirectoryPassword("adam"));
    const Said imported =
        Wardcast({"--token-file", (broker_.place() / "adam").string(), "import", WARDCAST_DEMO});
    ASSERT_EQ(imported.code, 0) << imported.text;
  }

  std::map<std::string, std::string> secret_;
  std::map<std::string, std::int64_t> step_;
  SecureBroker broker_{{"--config", file()}};
};

TEST_F(DirectoryDown, TheHospitalHearsOfItWithinAMinute) {
  const Said checked = broker_.Admin({"directory-check", "--account", "ann"});
  EXPECT_EQ(checked.code, 0) << checked.text;
  EXPECT_THAT(checked.text, AllOf(HasSubstr("answers, TLS"), HasSubstr("service-desk")));
  Import();
  const Said glass =
      broker_.Admin({"account", "set", "glass", "--role", "service-desk", "--break-glass"});
  ASSERT_EQ(glass.code, 0) << glass.text;
  v1::SetPasswordRequest envelope;
  envelope.set_link(glass.text.substr(glass.text.find(kLinkPath) + sizeof(kLinkPath) - 1, 48));
  envelope.set_new_password(kGlassPassword);
  v1::SetPasswordResponse sealed;
  Ask("", [&](auto& stub, auto* context) { return stub.SetPassword(context, envelope, &sealed); });
  Begin("glass", kGlassPassword);

  // 07:00. Ann, the analyst, signs in with her password of the hospital.
  Begin("ann", DirectoryPassword("ann"));
  const Said morning = SignIn("ann", DirectoryPassword("ann"));
  ASSERT_EQ(morning.code, 0) << morning.text;
  EXPECT_EQ(Wardcast({"who-am-i"}).code, 0);
  // 19:00. Her session is over.
  ASSERT_TRUE(ComesTrue([&] { return Wardcast({"who-am-i"}).code == 4; }));

  // 19:01. The directory is gone; nobody in the hospital can sign in to anything.
  directory().Stop();
  const auto gone = steady_clock::now();
  const Said refused = SignIn("ann", DirectoryPassword("ann"));
  EXPECT_EQ(refused.code, 3) << refused.text;
  EXPECT_THAT(refused.text,
              AllOf(HasSubstr("directory does not answer"), HasSubstr("break-glass account")));
  // She opens the envelope.
  const Said opened = SignIn("glass", kGlassPassword);
  ASSERT_EQ(opened.code, 0) << opened.text;
  const Said told = TellEveryone();
  EXPECT_EQ(told.code, 0) << told.text;
  EXPECT_THAT(told.text, HasSubstr("published"));
  EXPECT_LT(steady_clock::now() - gone, seconds(60));

  // The morning after: who opened the envelope, and when, is what the auditor sees first.
  const Said loud = broker_.Admin({"audit", "--loud"});
  EXPECT_THAT(loud.text, AllOf(HasSubstr("break-glass"), HasSubstr("glass")));
  EXPECT_THAT(broker_.Admin({"audit"}).text,
              AllOf(HasSubstr("publish-alert"), HasSubstr("directory does not answer")));
  const Said ready =
      broker_.Run({"curl", "-sS", "--max-time", "20", "-w", "%{http_code}", "--cacert",
                   broker_.folder() / "tls" / "ca.pem",
                   "https://localhost:" + std::to_string(broker_.http_port()) + "/readyz"});
  EXPECT_THAT(ready.text, AllOf(HasSubstr("directory: "), HasSubstr("cannot be reached"),
                                ::testing::EndsWith("200")));
}

TEST_F(DirectoryDown, AWideNoticeAsksOnceMoreWhoItIs) {
  Import();
  Begin("ann", DirectoryPassword("ann"));
  const Said in = SignIn("ann", DirectoryPassword("ann"));
  ASSERT_EQ(in.code, 0) << in.text;
  const auto begin = steady_clock::now();
  ASSERT_TRUE(ComesTrue([&] { return steady_clock::now() - begin > seconds(8); }));
  const Said refused = TellEveryone();
  EXPECT_EQ(refused.code, 1) << refused.text;
  EXPECT_THAT(refused.text, HasSubstr("wardcast confirm"));
  EXPECT_EQ(Wardcast({"confirm"}, "not the password\n").code, 4);
  const Said confirmed = Wardcast({"confirm"}, DirectoryPassword("ann") + "\n");
  EXPECT_EQ(confirmed.code, 0) << confirmed.text;
  EXPECT_THAT(confirmed.text, HasSubstr("Confirmed until"));
  const Said told = TellEveryone();
  EXPECT_EQ(told.code, 0) << told.text;
}

TEST_F(DirectoryDown, ABrokerThatWouldSendPasswordsInPlainTextDoesNotStart) {
  std::string text = TextOf(file());
  const auto url = text.find("ldaps://");
  text.replace(url, 8, "ldap://");
  std::ofstream(file()) << text;
  broker_.Stop();
  const Said said = broker_.StartAndFail();
  EXPECT_EQ(said.code, 2) << said.text;
  EXPECT_THAT(said.text, HasSubstr("plain text"));
}

}  // namespace
}  // namespace wardcast::testing
