// Grave steps with a session that was left open: each is refused until the person has proved once
// more who they are.
#include <gmock/gmock.h>

#include <algorithm>

#include "server/access/people/totp.h"
#include "server/access/roles/rule_table.h"
#include "tests/security/people/access_scene.h"

namespace wardcast {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;
using ::testing::HasSubstr;

class ConfirmTest : public testing::AccessScene {
 protected:
  // Somebody with the password kGood, whose session was opened six minutes ago.
  Caller LeftOpen(const std::string& name, const std::string& role) {
    AddAccount(name, {As(role)});
    const Caller caller = Bearer(SessionOf(name, {As(role)}));
    clock_.Advance(minutes(6));
    return caller;
  }
  Result<v1::ConfirmResponse> Confirm(const Caller& caller, const std::string& password,
                                      const std::string& code = "") {
    v1::ConfirmRequest request;
    request.set_password(password);
    request.set_code(code);
    return Call<v1::ConfirmResponse>("AccessService/Confirm", caller, request);
  }
  static v1::PublishAlertRequest Notice(const std::vector<std::string>& wards) {
    v1::PublishAlertRequest request;
    request.mutable_alert()->set_kind(v1::Kind::OUTAGE);
    request.mutable_alert()->set_severity(v1::Severity::SEVERE);
    request.mutable_alert()->set_headline("Lab results do not arrive");
    for (const std::string& ward : wards)
      request.mutable_alert()->mutable_audience()->add_wards(ward);
    request.mutable_alert()->mutable_audience()->set_everyone(wards.empty());
    // The preview was looked at; without it nobody is asked who they are.
    if (wards.empty()) request.set_confirmed_reach(7);
    return request;
  }
  Result<v1::PublishAlertResponse> Publish(const Caller& caller,
                                           const v1::PublishAlertRequest& request) {
    return Call<v1::PublishAlertResponse>("AlertService/PublishAlert", caller, request);
  }
  std::vector<std::string> What() {
    api_->audit().Record({.what = "mark"});
    std::vector<std::string> what;
    for (const v1::AuditEvent& event : Trail()) what.push_back(event.what());
    return what;
  }
};

TEST_F(ConfirmTest, GraveCallsAreRefusedWithTheRemedyUntilThePasswordIsGiven) {
  const Caller ann = LeftOpen("ann", "administrator");
  v1::UpsertAccountRequest make;
  make.mutable_account()->set_name("mallory");
  *make.mutable_account()->add_assignments() = As("administrator");
  const auto refused = Call<v1::UpsertAccountResponse>("AccessService/UpsertAccount", ann, make);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Code::kFailedPrecondition);
  EXPECT_EQ(refused.error().remedy, Remedy::kConfirm);
  EXPECT_FALSE(people_.FindAccount("mallory").value().has_value());

  EXPECT_EQ(Confirm(ann, "not the password").error().code, Code::kUnauthenticated);
  EXPECT_EQ(
      Call<v1::UpsertAccountResponse>("AccessService/UpsertAccount", ann, make).error().remedy,
      Remedy::kConfirm);
  const auto confirmed = Confirm(ann, testing::kGood);
  ASSERT_TRUE(confirmed) << confirmed.error().message;
  EXPECT_TRUE(Call<v1::UpsertAccountResponse>("AccessService/UpsertAccount", ann, make));
  EXPECT_EQ(WhoAmI(ann)->confirmed_until().seconds(), confirmed->confirmed_until().seconds());
  clock_.Advance(minutes(5));
  EXPECT_EQ(
      Call<v1::UpsertAccountResponse>("AccessService/UpsertAccount", ann, make).error().remedy,
      Remedy::kConfirm);
  EXPECT_THAT(What(), ::testing::IsSupersetOf({"confirm", "confirm-refused", "refused"}));
}

TEST_F(ConfirmTest, TheRuleTableNamesTheGraveCalls) {
  std::vector<std::string> grave;
  for (const MethodRule& rule : RuleTable()) {
    if (rule.confirmed == Confirmed::kYes)
      grave.emplace_back(rule.method.substr(rule.method.rfind('/') + 1));
  }
  EXPECT_THAT(grave, ::testing::UnorderedElementsAre("CreateToken", "MakePasswordLink",
                                                     "RemoveAccount", "UpsertAccount"));
}

TEST_F(ConfirmTest, ACodeConfirmsOnceAndGuessingBecomesSlow) {
  const Caller ann = LeftOpen("ann", "administrator");
  EXPECT_EQ(Confirm(ann, "", "123456").error().code, Code::kFailedPrecondition)
      << "there is no authenticator";
  const std::string secret = NewTotpSecret();
  ASSERT_TRUE(people_.SetTotp("ann", secret, "").value());
  const std::string code = *TotpCode(secret, clock_.Now().time_since_epoch() / seconds(30));
  EXPECT_TRUE(Confirm(ann, "", code));
  EXPECT_EQ(Confirm(ann, "", code).error().code, Code::kUnauthenticated);
  EXPECT_EQ(Confirm(ann, "both", code).error().code, Code::kInvalidArgument);
  EXPECT_EQ(Confirm(ann, "").error().code, Code::kInvalidArgument);
  int computed = 0;
  for (int i = 0; i < 50; ++i) {
    if (Confirm(ann, "guess " + std::to_string(i)).error().code == Code::kUnauthenticated)
      ++computed;
  }
  EXPECT_LE(computed, 4);
  EXPECT_EQ(Confirm(ann, testing::kGood).error().code, Code::kResourceExhausted);
}

TEST_F(ConfirmTest, WideNoticesAskPeopleAndNobodyElse) {
  const Caller ann = LeftOpen("ann", "publisher");
  const auto refused = Publish(ann, Notice({}));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Code::kFailedPrecondition);
  EXPECT_EQ(refused.error().remedy, Remedy::kConfirm);
  EXPECT_THAT(refused.error().message, HasSubstr("wardcast confirm"));
  ASSERT_TRUE(Confirm(ann, testing::kGood));
  const auto published = Publish(ann, Notice({}));
  ASSERT_TRUE(published) << published.error().message;

  v1::CreateTokenRequest make;
  make.set_name("nagios");
  *make.add_assignments() = As("publisher");
  Caller local{.bearer = {}, .peer = "unix:"};
  local.local = true;
  const auto token = Call<v1::CreateTokenResponse>("AccessService/CreateToken", local, make);
  ASSERT_TRUE(token) << "the administrator's socket is never asked";
  EXPECT_TRUE(Publish(Bearer(token->secret()), Notice({}))) << "a machine has nobody to ask";
}

TEST_F(ConfirmTest, AnUpdateThatCallsManyWardsAgainAsksToo) {
  const Caller ann = LeftOpen("ann", "publisher");
  ASSERT_TRUE(Confirm(ann, testing::kGood));
  const std::string id = Publish(ann, Notice({}))->alert().id();
  clock_.Advance(minutes(6));
  v1::UpdateAlertRequest update;
  update.set_alert_id(id);
  update.mutable_alert()->set_impact("Call the lab");
  update.set_re_alert(v1::ReAlert::NO);
  EXPECT_TRUE(Call<v1::UpdateAlertResponse>("AlertService/UpdateAlert", ann, update))
      << "words in place disturb nobody";
  update.mutable_alert()->set_impact("Call the lab for everything");
  update.set_re_alert(v1::ReAlert::YES);
  EXPECT_EQ(Call<v1::UpdateAlertResponse>("AlertService/UpdateAlert", ann, update).error().remedy,
            Remedy::kConfirm);
  v1::EndAlertRequest end;
  end.set_alert_id(id);
  end.set_all_clear(true);
  EXPECT_TRUE(Call<v1::EndAlertResponse>("AlertService/EndAlert", ann, end))
      << "an end is never held up";
}

TEST_F(ConfirmTest, ATokenHasNothingToConfirm) {
  v1::CreateTokenRequest make;
  make.set_name("nagios");
  *make.add_assignments() = As("publisher");
  Caller local{.bearer = {}, .peer = "unix:"};
  local.local = true;
  const auto token = Call<v1::CreateTokenResponse>("AccessService/CreateToken", local, make);
  ASSERT_TRUE(token);
  EXPECT_EQ(Confirm(Bearer(token->secret()), "anything").error().code, Code::kPermissionDenied);
  EXPECT_FALSE(WhoAmI(Bearer(token->secret()))->has_confirmed_until());
}

}  // namespace
}  // namespace wardcast
