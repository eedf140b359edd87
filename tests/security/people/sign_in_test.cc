// Attempts on passwords, codes, links and sessions, each with its refusal.
#include <gmock/gmock.h>

#include "server/access/people/totp.h"
#include "server/store/people/audit_chain.h"
#include "tests/security/people/access_scene.h"

namespace wardcast {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class SignInTest : public testing::AccessScene {
 protected:
  std::string SecretOf(const std::string& name) {
    auto signed_in = SignIn(name, testing::kGood);
    EXPECT_TRUE(signed_in) << signed_in.error().message;
    return signed_in ? signed_in->token() : "";
  }
  Caller Cookie(const std::string& secret, const std::string& csrf) {
    Caller caller{.bearer = {}, .peer = "10.0.0.1:5"};
    caller.session = secret;
    caller.csrf = csrf;
    return caller;
  }
};

TEST_F(SignInTest, TheRightPasswordOpensASessionThatWorks) {
  AddAccount("ann", {As("viewer")});
  const auto signed_in = SignIn("ANN", testing::kGood);
  ASSERT_TRUE(signed_in) << signed_in.error().message;
  EXPECT_EQ(signed_in->who().caller(), "ann");
  const auto who = WhoAmI(Bearer(signed_in->token()));
  ASSERT_TRUE(who) << who.error().message;
  EXPECT_EQ(who->caller(), "ann");
  EXPECT_EQ(who->credential(), v1::CallerKind::SESSION);
}

TEST_F(SignInTest, UnknownNameAndWrongPasswordAreTheSame) {
  AddAccount("ann");
  v1::Account without;
  without.set_name("newcomer");
  ASSERT_TRUE(people_.PutAccount(without, clock_.Now()));
  const auto wrong = SignIn("ann", "not the password", "", "10.0.0.1:1");
  const auto unknown = SignIn("nobody", "not the password", "", "10.0.0.2:1");
  const auto none = SignIn("newcomer", "not the password", "", "10.0.0.3:1");
  const auto odd = SignIn("no such; name'--", "not the password", "", "10.0.0.4:1");
  for (const auto* refused : {&wrong, &unknown, &none, &odd}) {
    ASSERT_FALSE(*refused);
    EXPECT_EQ(refused->error().code, Code::kUnauthenticated);
    EXPECT_EQ(refused->error().message, wrong.error().message);
  }
}

TEST_F(SignInTest, GuessingBecomesSlowPerAccountAndTheOwnerIsNotLockedOut) {
  AddAccount("ann");
  int computed = 0;
  for (int i = 0; i < 100; ++i) {
    const auto refused =
        SignIn("ann", "guess " + std::to_string(i), "", "10.0.1." + std::to_string(i) + ":1");
    ASSERT_FALSE(refused);
    if (refused.error().code == Code::kUnauthenticated) ++computed;
  }
  EXPECT_EQ(computed, 4);
  const auto waits = SignIn("ann", testing::kGood);
  ASSERT_FALSE(waits);
  EXPECT_EQ(waits.error().code, Code::kResourceExhausted);
  ASSERT_TRUE(waits.error().retry_after);
  EXPECT_LE(*waits.error().retry_after, seconds(60));
  clock_.Advance(*waits.error().retry_after);
  EXPECT_TRUE(SignIn("ann", testing::kGood));
}

TEST_F(SignInTest, TryingManyNamesFromOneAddressBecomesSlow) {
  int computed = 0;
  for (int i = 0; i < 100; ++i) {
    const auto refused = SignIn("user" + std::to_string(i), "Spring2026!!");
    if (refused.error().code == Code::kUnauthenticated) ++computed;
  }
  EXPECT_EQ(computed, 21);
}

TEST_F(SignInTest, AnAccountThatIsDisabledSignsNobodyIn) {
  AddAccount("ann");
  const std::string secret = SecretOf("ann");
  v1::UpsertAccountRequest request;
  request.mutable_account()->set_name("ann");
  request.mutable_account()->set_disabled(true);
  Caller local{.bearer = {}, .peer = "unix:"};
  local.local = true;
  ASSERT_TRUE(Call<v1::UpsertAccountResponse>("AccessService/UpsertAccount", local, request));
  EXPECT_EQ(WhoAmI(Bearer(secret)).error().code, Code::kUnauthenticated);
  EXPECT_EQ(SignIn("ann", testing::kGood).error().code, Code::kUnauthenticated);
}

TEST_F(SignInTest, ASessionIdThatWasPlantedIsNeverTakenOver) {
  AddAccount("ann");
  const std::string planted = std::string(kSessionPrefix) + std::string(64, 'a');
  v1::SignInRequest request;
  request.set_account("ann");
  request.set_password(testing::kGood);
  const auto signed_in =
      Call<v1::SignInResponse>("AccessService/SignIn", Cookie(planted, ""), request);
  ASSERT_TRUE(signed_in) << signed_in.error().message;
  EXPECT_NE(signed_in->token(), planted);
  EXPECT_EQ(WhoAmI(Bearer(planted)).error().code, Code::kUnauthenticated);
}

TEST_F(SignInTest, SigningInAgainEndsTheSessionThatTheBrowserHad) {
  AddAccount("ann");
  const std::string first = SecretOf("ann");
  v1::SignInRequest request;
  request.set_account("ann");
  request.set_password(testing::kGood);
  ASSERT_TRUE(Call<v1::SignInResponse>("AccessService/SignIn", Cookie(first, ""), request));
  EXPECT_EQ(WhoAmI(Bearer(first)).error().code, Code::kUnauthenticated);
}

TEST_F(SignInTest, WhatWasStolenIsWorthNothingAfterSignOut) {
  AddAccount("ann", {As("viewer")});
  const std::string secret = SecretOf("ann");
  // A connection that is open keeps who opened it.
  ASSERT_TRUE(WhoAmI(Bearer(secret)));
  const SignedInPtr open = api_->live().Look(Bearer(secret));
  ASSERT_TRUE(open);
  EXPECT_FALSE(open->over(clock_.Now()));
  ASSERT_TRUE(
      Call<v1::SignOutResponse>("AccessService/SignOut", Bearer(secret), v1::SignOutRequest()));
  EXPECT_TRUE(open->over(clock_.Now()));
  EXPECT_EQ(WhoAmI(Bearer(secret)).error().code, Code::kUnauthenticated);
}

TEST_F(SignInTest, ASessionEndsWhenItIsLeftAloneAndAtTheLatestAfterAShift) {
  AddAccount("ann", {As("viewer")});
  const std::string idle = SecretOf("ann");
  const SignedInPtr open = authenticator_.Authenticate({.bearer = idle}).value();
  clock_.Advance(minutes(31));
  EXPECT_TRUE(open->over(clock_.Now()));
  EXPECT_EQ(WhoAmI(Bearer(idle)).error().code, Code::kUnauthenticated);
  const std::string used = SecretOf("ann");
  for (int i = 0; i < 71; ++i) {
    clock_.Advance(minutes(10));
    ASSERT_TRUE(WhoAmI(Bearer(used))) << i;
  }
  clock_.Advance(minutes(10));
  EXPECT_EQ(WhoAmI(Bearer(used)).error().code, Code::kUnauthenticated);
}

// A console that is left open asks for news every few seconds.
TEST_F(SignInTest, APageThatNobodyIsAtKeepsNoSessionAlive) {
  AddAccount("ann", {As("viewer")});
  const std::string secret = SecretOf("ann");
  ASSERT_TRUE(WhoAmI(Bearer(secret)));
  Caller page = Bearer(secret);
  page.unattended = true;
  for (int i = 0; i < 29; ++i) {
    clock_.Advance(minutes(1));
    ASSERT_TRUE(WhoAmI(page)) << i;
  }
  clock_.Advance(minutes(3));
  EXPECT_EQ(WhoAmI(page).error().code, Code::kUnauthenticated);
  EXPECT_EQ(WhoAmI(Bearer(secret)).error().code, Code::kUnauthenticated);
}

TEST_F(SignInTest, AnotherBrokerFindsOutThatASessionHasEnded) {
  AddAccount("ann", {As("viewer")});
  const std::string secret = SecretOf("ann");
  const SignedInPtr open = authenticator_.Authenticate({.bearer = secret}).value();
  // As another broker does it: only in the store.
  ASSERT_TRUE(people_.EndSession(open->identity()->session_id).value().has_value());
  const auto until = std::chrono::steady_clock::now() + seconds(10);
  while (!open->over(clock_.Now()) && std::chrono::steady_clock::now() < until)
    std::this_thread::yield();
  EXPECT_TRUE(open->over(clock_.Now()));
}

TEST_F(SignInTest, ACookieWithoutThePagesTokenDoesNothing) {
  const std::string secret = SessionOf("ann", {As("administrator")});
  const auto list = [&](const Caller& caller) {
    return Call<v1::ListAccountsResponse>("AccessService/ListAccounts", caller,
                                          v1::ListAccountsRequest());
  };
  EXPECT_EQ(list(Cookie(secret, "")).error().code, Code::kPermissionDenied);
  EXPECT_EQ(list(Cookie(secret, "0123456789")).error().code, Code::kPermissionDenied);
  // A page reads its token from WhoAmI, whose answer only a page of this origin can read.
  const auto who = WhoAmI(Cookie(secret, ""));
  ASSERT_TRUE(who);
  EXPECT_TRUE(list(Cookie(secret, who->csrf_token())));
  Result<void> watched;
  std::promise<void> told;
  const Subscription watch =
      api_->live().WatchProgress(Cookie(secret, ""), v1::WatchProgressRequest(), [&](auto next) {
        if (!next) watched = std::unexpected(next.error());
        told.set_value();
      });
  told.get_future().wait();
  EXPECT_EQ(watched.error().code, Code::kPermissionDenied);
}

TEST_F(SignInTest, ACodeIsAskedForTakenOnceAndGuessedInVain) {
  AddAccount("ann", {As("publisher")});
  const std::string secret = NewTotpSecret();
  ASSERT_TRUE(people_.SetTotp("ann", secret, "").value());
  const auto asked = SignIn("ann", testing::kGood);
  ASSERT_TRUE(asked);
  EXPECT_TRUE(asked->code_needed());
  EXPECT_THAT(asked->token(), IsEmpty());
  const std::int64_t step = clock_.Now().time_since_epoch() / seconds(30);
  const std::string code = *TotpCode(secret, step);
  EXPECT_EQ(SignIn("ann", testing::kGood, code == "000000" ? "000001" : "000000").error().code,
            Code::kUnauthenticated);
  const auto signed_in = SignIn("ann", testing::kGood, code);
  ASSERT_TRUE(signed_in) << signed_in.error().message;
  EXPECT_FALSE(signed_in->who().second_factor_missing());
  EXPECT_EQ(SignIn("ann", testing::kGood, code, "10.0.0.9:1").error().code, Code::kUnauthenticated)
      << "who looked over the shoulder uses the code again";
  clock_.Advance(minutes(10));
  EXPECT_EQ(SignIn("ann", testing::kGood, code).error().code, Code::kUnauthenticated);
}

TEST_F(SignInTest, APublisherWithoutAnAuthenticatorSetsOneUpFirst) {
  AddAccount("ann", {As("publisher")});
  const auto signed_in = SignIn("ann", testing::kGood);
  ASSERT_TRUE(signed_in);
  EXPECT_TRUE(signed_in->who().second_factor_missing());
  const Caller ann = Bearer(signed_in->token());
  const auto begun =
      Call<v1::BeginTotpResponse>("AccessService/BeginTotp", ann, v1::BeginTotpRequest());
  ASSERT_TRUE(begun) << begun.error().message;
  EXPECT_THAT(begun->uri(), HasSubstr("otpauth://totp/Wardcast:ann?secret=" + begun->secret()));
  v1::ConfirmTotpRequest confirm;
  confirm.set_code("12345");
  EXPECT_EQ(Call<v1::ConfirmTotpResponse>("AccessService/ConfirmTotp", ann, confirm).error().code,
            Code::kInvalidArgument);
  confirm.set_code(*TotpCode(begun->secret(), clock_.Now().time_since_epoch() / seconds(30)));
  ASSERT_TRUE(Call<v1::ConfirmTotpResponse>("AccessService/ConfirmTotp", ann, confirm));
  EXPECT_TRUE(
      Call<v1::ListAlertsResponse>("AlertService/ListAlerts", ann, v1::ListAlertsRequest()));
  EXPECT_TRUE(SignIn("ann", testing::kGood)->code_needed());
  EXPECT_EQ(Call<v1::BeginTotpResponse>("AccessService/BeginTotp", ann, v1::BeginTotpRequest())
                .error()
                .code,
            Code::kPermissionDenied)
      << "a session that was taken over must not replace the authenticator";
}

TEST_F(SignInTest, AOneTimeLinkWorksOnceAndForGoodPasswordsOnly) {
  v1::UpsertAccountRequest request;
  request.mutable_account()->set_name("ann");
  Caller local{.bearer = {}, .peer = "unix:"};
  local.local = true;
  const auto made = Call<v1::UpsertAccountResponse>("AccessService/UpsertAccount", local, request);
  ASSERT_TRUE(made) << made.error().message;
  ASSERT_THAT(made->link(), HasSubstr("/#/set-password/"));
  const std::string link = made->link().substr(std::string("/#/set-password/").size());
  const auto set = [&](const std::string& secret, const std::string& password) {
    v1::SetPasswordRequest one;
    one.set_link(secret);
    one.set_new_password(password);
    return Call<v1::SetPasswordResponse>("AccessService/SetPassword",
                                         {.bearer = {}, .peer = "10.0.0.1:5"}, one);
  };
  EXPECT_EQ(set(std::string(48, 'f'), testing::kGood).error().code, Code::kPermissionDenied);
  for (const char* bad : {"", "short", "passwordpassword", "aaaaaaaaaaaaaaaa"})
    EXPECT_EQ(set(link, bad).error().code, Code::kInvalidArgument) << bad;
  EXPECT_EQ(set(link, std::string(201, 'x')).error().code, Code::kInvalidArgument);
  ASSERT_TRUE(set(link, testing::kGood));
  EXPECT_EQ(set(link, testing::kGood).error().code, Code::kPermissionDenied);
  EXPECT_TRUE(SignIn("ann", testing::kGood));
}

TEST_F(SignInTest, TheLastAdministratorStays) {
  const Caller ann = Bearer(SessionOf("ann", {As("administrator")}));
  v1::RemoveAccountRequest remove;
  remove.set_name("ann");
  EXPECT_EQ(
      Call<v1::RemoveAccountResponse>("AccessService/RemoveAccount", ann, remove).error().code,
      Code::kFailedPrecondition);
  v1::UpsertAccountRequest demote;
  demote.mutable_account()->set_name("ann");
  EXPECT_EQ(
      Call<v1::UpsertAccountResponse>("AccessService/UpsertAccount", ann, demote).error().code,
      Code::kFailedPrecondition);
}

TEST_F(SignInTest, TheBreakGlassAccountWorksAndIsLoud) {
  AddAccount("glass", {As("viewer")});
  v1::Account account = people_.FindAccount("glass").value()->account;
  account.set_break_glass(true);
  ASSERT_TRUE(people_.PutAccount(account, clock_.Now()));
  ASSERT_TRUE(SignIn("glass", testing::kGood));
  const auto loud = people_.ReadAudit(TimePoint{}, "", true, 10).value();
  ASSERT_EQ(loud.size(), 1u);
  EXPECT_EQ(loud[0].what(), "break-glass");
  EXPECT_EQ(loud[0].who(), "glass");
  EXPECT_EQ(loud[0].peer(), "10.0.0.1:5");
}

TEST_F(SignInTest, TheTrailHoldsEverySignInNoPasswordAndAnUnbrokenChain) {
  AddAccount("ann", {As("viewer")});
  SignIn("ann", "hunter2 hunter2 hunter2").error();
  SignIn("hunter2-typed-as-a-name", "x").error();
  SecretOf("ann");
  api_->audit().Record({.what = "mark"});
  const auto trail = Trail();
  std::string hash;
  std::vector<std::string> what;
  for (auto event = trail.rbegin(); event != trail.rend(); ++event) {
    EXPECT_THAT(event->DebugString(), Not(HasSubstr("hunter2")));
    v1::AuditEvent plain = *event;
    plain.clear_hash();
    hash = ChainHash(hash, plain);
    EXPECT_EQ(event->hash(), hash);
    what.push_back(event->what());
  }
  EXPECT_THAT(what, ::testing::ElementsAre("set-password", "sign-in-refused", "sign-in-refused",
                                           "sign-in", "mark"));
}

}  // namespace
}  // namespace wardcast
