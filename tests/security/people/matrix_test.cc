// Every RPC with every role, generated from the rule table: what is allowed gets past the door,
// what is not is refused with the role that is missing, and is in the audit trail.
#include <gmock/gmock.h>

#include "server/access/roles/role.h"
#include "server/access/roles/rule_table.h"
#include "tests/security/people/access_scene.h"

namespace wardcast {
namespace {

using ::testing::HasSubstr;

class MatrixTest : public testing::AccessScene {
 protected:
  // The answer's code to an empty request; kInternal stands for success.
  Code CodeOf(const MethodRule& rule, const Caller& caller, std::string* message = nullptr) {
    const std::string method(rule.method);
    auto request = api_->methods().NewRequest(method);
    if (!request) return Stream(rule, caller, message);
    const auto answer =
        CallAny(method.substr(sizeof("wardcast.v1.") - 1), caller, std::move(request));
    if (message && !answer) *message = answer.error().message;
    return answer ? Code::kInternal : answer.error().code;
  }
  Code Stream(const MethodRule& rule, const Caller& caller, std::string* message) {
    Result<void> outcome;
    if (rule.method.ends_with("/Subscribe")) {
      v1::SubscribeRequest request;
      request.mutable_endpoint()->set_id("4w-pc-01");
      // Asked for again, as an endpoint does, until the store has said who this is.
      for (int i = 0; i < 500; ++i) {
        auto session = api_->live().Subscribe(caller, request, [] {});
        outcome = session ? Result<void>() : std::unexpected(session.error());
        if (session) (*session)->Close();
        if (outcome || outcome.error().code != Code::kUnavailable) break;
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
      }
    } else {
      std::promise<Result<void>> first;
      bool told = false;
      v1::WatchProgressRequest request;
      request.set_alert_id("none");
      const Subscription watch = api_->live().WatchProgress(caller, request, [&](auto next) {
        if (std::exchange(told, true)) return;
        first.set_value(next ? Result<void>() : std::unexpected(next.error()));
      });
      outcome = first.get_future().get();
    }
    if (message && !outcome) *message = outcome.error().message;
    return outcome ? Code::kInternal : outcome.error().code;
  }
  static bool IsRefusal(Code code) {
    return code == Code::kPermissionDenied || code == Code::kUnauthenticated ||
           code == Code::kUnimplemented;
  }
};

TEST_F(MatrixTest, EveryRoleMayCallWhatItsRuleSaysAndNothingElse) {
  int allowed = 0;
  int refused = 0;
  for (const v1::Role::Value role : AllRoles()) {
    const std::string name(RoleName(role));
    for (const MethodRule& rule : RuleTable()) {
      // A session each: SignOut would end it for the others.
      const Caller caller = Bearer(SessionOf(name, {As(name)}));
      const bool may =
          rule.needs == Needs::kNothing || rule.needs == Needs::kIdentity ||
          rule.needs == Needs::kSession ||
          ((rule.needs == Needs::kRole || rule.needs == Needs::kPresence) && rule.roles.Has(role));
      // What the rule lets through the handler may refuse for what it is about; with an empty
      // request only these two do, for want of a ward or a link.
      if (rule.method.ends_with("/AcknowledgeAlert") && may) continue;
      std::string message;
      const Code code = CodeOf(rule, caller, &message);
      const bool served = api_->methods().NewRequest(std::string(rule.method)) != nullptr ||
                          rule.method.ends_with("/Subscribe") ||
                          rule.method.ends_with("/WatchProgress");
      if (!served) continue;
      EXPECT_EQ(IsRefusal(code) && code != Code::kUnauthenticated,
                !may && rule.needs != Needs::kNothing)
          << name << " calls " << rule.method << ": " << CodeName(code) << " " << message;
      if (!may && rule.needs == Needs::kRole) {
        EXPECT_THAT(message, HasSubstr(rule.roles.Words())) << rule.method;
      }
      ++(may ? allowed : refused);
    }
  }
  EXPECT_GT(allowed, 100);
  EXPECT_GT(refused, 100);
}

TEST_F(MatrixTest, NobodyGetsPastTheDoor) {
  for (const MethodRule& rule : RuleTable()) {
    if (rule.needs == Needs::kNothing) continue;
    const Code code = CodeOf(rule, {.bearer = {}, .peer = "10.0.0.1:5"});
    EXPECT_TRUE(code == Code::kUnauthenticated || code == Code::kUnimplemented) << rule.method;
  }
}

TEST_F(MatrixTest, AnEndpointsCertificateIsForItsOwnAffairsOnly) {
  for (const MethodRule& rule : RuleTable()) {
    if (rule.needs == Needs::kNothing) continue;
    Caller caller{.bearer = {}, .peer = "10.0.0.1:5"};
    caller.endpoint_id = "4w-pc-01";
    const bool may = rule.needs == Needs::kEndpoint || rule.needs == Needs::kPresence ||
                     rule.needs == Needs::kIdentity;
    EXPECT_EQ(!IsRefusal(CodeOf(rule, caller)), may) << rule.method;
  }
}

TEST_F(MatrixTest, BeforeTheSecondFactorOnlyTheAuthenticatorCanBeSetUp) {
  for (const MethodRule& rule : RuleTable()) {
    if (rule.needs == Needs::kNothing || rule.needs == Needs::kLocal ||
        rule.needs == Needs::kEndpoint)
      continue;
    const Caller caller = Bearer(SessionOf("ann", {As("administrator"), As("publisher")}, false));
    std::string message;
    const Code code = CodeOf(rule, caller, &message);
    if (rule.before_second_factor) {
      EXPECT_THAT(message, ::testing::Not(HasSubstr("authenticator, and set"))) << rule.method;
      continue;
    }
    EXPECT_EQ(code, Code::kPermissionDenied) << rule.method;
    EXPECT_THAT(message, HasSubstr("authenticator")) << rule.method;
  }
}

TEST_F(MatrixTest, TheMachinesAdministratorAdministersAndDoesNotPublish) {
  Caller local{.bearer = {}, .peer = "unix:"};
  local.local = true;
  for (const MethodRule& rule : RuleTable()) {
    if (rule.needs != Needs::kRole) continue;
    EXPECT_EQ(IsRefusal(CodeOf(rule, local)),
              !rule.roles.Has(v1::Role::ADMINISTRATOR) && !rule.roles.Has(v1::Role::AUDITOR))
        << rule.method;
  }
}

TEST_F(MatrixTest, RefusalsAreInTheAuditTrail) {
  const Caller viewer = Bearer(SessionOf("vera", {As("viewer")}));
  EXPECT_EQ(CodeOf(*FindRule("wardcast.v1.AlertService/PublishAlert"), viewer),
            Code::kPermissionDenied);
  // Whoever waits for their own entry has seen those before it.
  api_->audit().Record({.what = "mark"});
  const auto trail = Trail();
  ASSERT_GE(trail.size(), 2u);
  EXPECT_EQ(trail[1].who(), "vera");
  EXPECT_EQ(trail[1].what(), "refused");
  EXPECT_EQ(trail[1].subject(), "publish-alert");
}

}  // namespace
}  // namespace wardcast
