// Signing in by the directory, while it answers and while it does not.
#include <gmock/gmock.h>

#include <algorithm>
#include <functional>
#include <thread>

#include "base/clock.h"
#include "server/access/people/totp.h"
#include "tests/security/ldap/directory_scene.h"
#include "tests/security/people/access_scene.h"

namespace wardcast::testing {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

// Bases come first: the directory is there before the broker's API asks it.
struct Asked : SlapdOfTheHospital {
  SystemClock time;
  LdapDirectory directory{ConfigOf(slapd), time};
};

class DirectorySignIn : private Asked, public AccessScene {
 protected:
  DirectorySignIn() : AccessScene(&directory, {.look_every = milliseconds(100)}) {}
  // The API's threads ask it until they have ended.
  ~DirectorySignIn() override { api_->Stop(); }

  TempSlapd& slapd() { return Asked::slapd; }
  PeopleDirectory& the_directory() { return directory; }

  Result<v1::SignInResponse> SignInAs(const std::string& name, const std::string& code = "") {
    return SignIn(name, DirectoryPassword(name), code);
  }
  std::string CodeNow(const std::string& secret) {
    return *TotpCode(secret, clock_.Now().time_since_epoch() / seconds(30));
  }
  // Gives the account an authenticator; its secret.
  std::string GiveAuthenticator(const std::string& name) {
    const std::string secret = NewTotpSecret();
    EXPECT_TRUE(people_.SetTotp(name, secret, "").value());
    return secret;
  }
  static bool Comes(const std::function<bool()>& holds) {
    const auto until = std::chrono::steady_clock::now() + seconds(40);
    while (!holds()) {
      if (std::chrono::steady_clock::now() > until) return false;
      std::this_thread::sleep_for(milliseconds(20));
    }
    return true;
  }
  // What the audit trail says of these events, newest first.
  std::vector<v1::AuditEvent> Events(const std::string& what) {
    api_->audit().Record({.what = "mark"});
    std::vector<v1::AuditEvent> events;
    for (const v1::AuditEvent& event : Trail()) {
      if (event.what() == what) events.push_back(event);
    }
    return events;
  }
};

TEST_F(DirectorySignIn, TheGroupDecidesTheRole) {
  const auto ann = SignInAs("ann");
  ASSERT_TRUE(ann) << ann.error().message;
  EXPECT_TRUE(ann->who().from_directory());
  EXPECT_EQ(ann->who().display_name(), "ann of the hospital");
  EXPECT_TRUE(ann->who().second_factor_missing()) << "a publisher sets up an authenticator first";
  const auto row = people_.FindAccount("ann").value();
  ASSERT_TRUE(row);
  EXPECT_TRUE(row->account.from_directory());
  EXPECT_EQ(row->account.assignments(0).role(), "service-desk");
  EXPECT_TRUE(row->password_hash.empty()) << "the directory's password is kept nowhere";
  EXPECT_THAT(Events("sign-in").at(0).detail(), HasSubstr("by the directory"));
}

TEST_F(DirectorySignIn, WhoIsInNoGroupGetsTheSameWordsAsWhoIsNobody) {
  const auto eve = SignInAs("eve");
  const auto nobody = SignIn("nobody", "whatever it is", "", "10.0.0.2:1");
  const auto wrong = SignIn("ann", "whatever it is", "", "10.0.0.3:1");
  const auto empty = SignIn("ann", "", "", "10.0.0.4:1");
  const auto twice = SignIn("dup", DirectoryPassword("dup"), "", "10.0.0.5:1");
  const auto filter = SignIn("ann)(uid=*", DirectoryPassword("ann"), "", "10.0.0.6:1");
  for (const auto* refused : {&eve, &nobody, &wrong, &empty, &twice, &filter}) {
    ASSERT_FALSE(*refused);
    EXPECT_EQ(refused->error().code, Code::kUnauthenticated);
    EXPECT_EQ(refused->error().message, nobody.error().message);
  }
  for (const v1::AuditEvent& event : Events("sign-in-refused"))
    EXPECT_THAT(event.DebugString(), AllOf(Not(HasSubstr("nobody\"")), Not(HasSubstr("whatever"))));
  EXPECT_FALSE(people_.FindAccount("eve").value().has_value());
}

TEST_F(DirectorySignIn, ALocalAccountIsNeverAskedForThere) {
  AddAccount("ann", {As("viewer")});
  EXPECT_EQ(SignInAs("ann").error().code, Code::kUnauthenticated);
  slapd().Stop();
  const auto signed_in = SignIn("ann", kGood);
  ASSERT_TRUE(signed_in) << signed_in.error().message;
  EXPECT_FALSE(signed_in->who().from_directory());
}

TEST_F(DirectorySignIn, EveryAttemptCostsOneVerificationWhoeverIsNamed) {
  AddAccount("local", {As("viewer")});
  PasswordHasher hasher({.operations = 1, .memory_bytes = 8192});
  SignInDesk desk({}, people_, hasher, authenticator_, api_->audit(), clock_, &the_directory());
  const auto cost = [&](const std::string& name, const std::string& password) {
    const std::uint64_t before = hasher.verifications();
    static int address = 0;
    (void)desk.SignIn({.account = name,
                       .password = password,
                       .code = "",
                       .peer = "10.1.0." + std::to_string(++address) + ":1"});
    return hasher.verifications() - before;
  };
  EXPECT_EQ(cost("local", "wrong password"), 1u);
  EXPECT_EQ(cost("ann", "wrong password"), 1u);
  EXPECT_EQ(cost("ann", ""), 1u);
  EXPECT_EQ(cost("ann", DirectoryPassword("ann")), 1u);
  EXPECT_EQ(cost("ann", "wrong password"), 1u) << "also when the account is known here";
  EXPECT_EQ(cost("nobody", "wrong password"), 1u);
  EXPECT_EQ(cost("no name*", "wrong password"), 1u);
  slapd().Stop();
  EXPECT_EQ(cost("bob", DirectoryPassword("bob")), 1u);
}

TEST_F(DirectorySignIn, WhileTheDirectoryIsDownSessionsGoOnAndBreakGlassWorksLoudly) {
  AddAccount("glass", {As("viewer")});
  v1::Account glass = people_.FindAccount("glass").value()->account;
  glass.set_break_glass(true);
  ASSERT_TRUE(people_.PutAccount(glass, clock_.Now()));
  ASSERT_TRUE(SignInAs("ann"));
  GiveAuthenticator("ann");
  const auto signed_in = SignInAs("ann", CodeNow(people_.FindAccount("ann").value()->totp_secret));
  ASSERT_TRUE(signed_in) << signed_in.error().message;
  const Caller ann = Bearer(signed_in->token());
  ASSERT_TRUE(WhoAmI(ann));

  slapd().Stop();
  for (int i = 0; i < 10; ++i) {
    const auto refused = SignInAs("bob");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, Code::kUnavailable)
        << "nobody becomes slow for what was not their fault: " << refused.error().message;
    EXPECT_THAT(refused.error().message,
                AllOf(HasSubstr("directory does not answer"), HasSubstr("break-glass account")));
    EXPECT_TRUE(refused.error().retry_after);
  }
  // Several looks of the watch have passed over it.
  std::this_thread::sleep_for(milliseconds(500));
  const auto still = WhoAmI(ann);
  ASSERT_TRUE(still) << still.error().message;
  EXPECT_EQ(still->caller(), "ann");

  ASSERT_TRUE(SignIn("glass", kGood));
  const auto loud = people_.ReadAudit(TimePoint{}, "", true, 10).value();
  ASSERT_EQ(loud.size(), 1u);
  EXPECT_EQ(loud[0].what(), "break-glass");

  slapd().Start();
  EXPECT_TRUE(Comes([&] { return SignInAs("bob").has_value(); }));
}

TEST_F(DirectorySignIn, WhoIsDisabledThereLosesTheSession) {
  const auto signed_in = SignInAs("bob");
  ASSERT_TRUE(signed_in) << signed_in.error().message;
  const Caller bob = Bearer(signed_in->token());
  ASSERT_TRUE(WhoAmI(bob));
  const SignedInPtr open = authenticator_.Authenticate({.bearer = signed_in->token()}).value();
  ASSERT_TRUE(slapd().Change(
      "dn: uid=bob,ou=people,dc=example,dc=org\nchangetype: modify\nreplace: userAccountControl\n"
      "userAccountControl: 514\n"));
  EXPECT_TRUE(Comes([&] { return !WhoAmI(bob); }));
  EXPECT_TRUE(open->over(clock_.Now())) << "also of connections that are open";
  EXPECT_TRUE(Comes([&] { return !Events("directory-gone").empty(); }));
  const auto gone = Events("directory-gone");
  ASSERT_EQ(gone.size(), 1u);
  EXPECT_EQ(gone[0].subject(), "bob");
  EXPECT_THAT(gone[0].detail(), HasSubstr("disabled"));
}

TEST_F(DirectorySignIn, RolesFollowTheGroupsWhileTheSessionLasts) {
  const auto signed_in = SignInAs("bob");
  ASSERT_TRUE(signed_in) << signed_in.error().message;
  const Caller bob = Bearer(signed_in->token());
  ASSERT_TRUE(slapd().Leave("bob", "House Supervisors"));
  const auto has_approver = [&] {
    const auto who = WhoAmI(bob);
    return who && std::ranges::any_of(who->grants(), [](const v1::Grant& grant) {
             return grant.role() == v1::Role::APPROVER;
           });
  };
  EXPECT_TRUE(Comes([&] { return !has_approver(); }));
  EXPECT_TRUE(WhoAmI(bob)) << "one group is left";
  ASSERT_TRUE(slapd().Leave("bob", "Service Desk"));
  EXPECT_TRUE(Comes([&] { return !WhoAmI(bob); })) << "no group, no session";
}

TEST_F(DirectorySignIn, RolesAndPasswordsOfTheDirectoryAreNotChangedHere) {
  ASSERT_TRUE(SignInAs("ann"));
  Caller local{.bearer = {}, .peer = "unix:"};
  local.local = true;
  v1::UpsertAccountRequest change;
  change.mutable_account()->set_name("ann");
  *change.mutable_account()->add_assignments() = As("administrator");
  const auto refused =
      Call<v1::UpsertAccountResponse>("AccessService/UpsertAccount", local, change);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Code::kFailedPrecondition);
  EXPECT_THAT(refused.error().message, HasSubstr("directory"));
  change.mutable_account()->clear_assignments();
  change.mutable_account()->set_break_glass(true);
  EXPECT_EQ(
      Call<v1::UpsertAccountResponse>("AccessService/UpsertAccount", local, change).error().code,
      Code::kFailedPrecondition);
  change.mutable_account()->set_break_glass(false);
  change.mutable_account()->set_disabled(true);
  const auto disabled =
      Call<v1::UpsertAccountResponse>("AccessService/UpsertAccount", local, change);
  ASSERT_TRUE(disabled) << disabled.error().message;
  EXPECT_EQ(disabled->account().assignments_size(), 1);
  EXPECT_EQ(SignInAs("ann").error().code, Code::kUnauthenticated);
  v1::MakePasswordLinkRequest link;
  link.set_account("ann");
  EXPECT_EQ(Call<v1::MakePasswordLinkResponse>("AccessService/MakePasswordLink", local, link)
                .error()
                .code,
            Code::kFailedPrecondition);
}

TEST_F(DirectorySignIn, ConfirmingGoesByPasswordAndByCodeWhenTheDirectoryIsDown) {
  ASSERT_TRUE(SignInAs("ann"));
  const std::string secret = GiveAuthenticator("ann");
  const auto signed_in = SignInAs("ann", CodeNow(secret));
  ASSERT_TRUE(signed_in) << signed_in.error().message;
  const Caller ann = Bearer(signed_in->token());
  const auto confirm = [&](const std::string& password, const std::string& code) {
    v1::ConfirmRequest request;
    request.set_password(password);
    request.set_code(code);
    return Call<v1::ConfirmResponse>("AccessService/Confirm", ann, request);
  };
  EXPECT_TRUE(confirm(DirectoryPassword("ann"), ""));
  EXPECT_EQ(confirm("wrong password", "").error().code, Code::kUnauthenticated);
  slapd().Stop();
  const auto down = confirm(DirectoryPassword("ann"), "");
  ASSERT_FALSE(down);
  EXPECT_EQ(down.error().code, Code::kUnavailable);
  EXPECT_THAT(down.error().message, HasSubstr("code of your authenticator"));
  clock_.Advance(minutes(1));
  EXPECT_TRUE(confirm("", CodeNow(secret)));
  EXPECT_EQ(confirm("", CodeNow(secret)).error().code, Code::kUnauthenticated)
      << "a code works once";
  EXPECT_EQ(Events("confirm").size(), 2u);
  EXPECT_EQ(Events("confirm-refused").size(), 2u);
}

TEST_F(DirectorySignIn, TheMachinesAdministratorSeesWhoSomebodyWouldBe) {
  Caller local{.bearer = {}, .peer = "unix:"};
  local.local = true;
  const auto check = [&](const std::string& account) {
    v1::CheckDirectoryRequest request;
    request.set_account(account);
    return Call<v1::CheckDirectoryResponse>("AdminService/CheckDirectory", local, request).value();
  };
  const auto ann = check("ann");
  ASSERT_EQ(ann.servers_size(), 1);
  EXPECT_TRUE(ann.servers(0).ok()) << ann.servers(0).problem();
  EXPECT_THAT(ann.servers(0).tls(), HasSubstr("TLS"));
  EXPECT_EQ(ann.person().dn(), "uid=ann,ou=people,dc=example,dc=org");
  EXPECT_EQ(ann.person().assignments(0).role(), "service-desk");
  EXPECT_EQ(ann.problem(), "");
  EXPECT_THAT(check("eve").problem(), HasSubstr("ldap.role"));
  EXPECT_THAT(check("dup").problem(), HasSubstr("more than one"));
  EXPECT_FALSE(people_.FindAccount("ann").value().has_value()) << "nobody was signed in";
  slapd().Stop();
  EXPECT_THAT(check("ann").problem(), HasSubstr("no server answers"));
}

}  // namespace
}  // namespace wardcast::testing
