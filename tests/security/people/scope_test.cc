// Whoever publishes does so within their scope: kinds, services, places, presentation, number of
// PCs.
#include <gmock/gmock.h>

#include "tests/security/people/access_scene.h"

namespace wardcast {
namespace {

using ::testing::HasSubstr;

class ScopeTest : public testing::AccessScene {
 protected:
  static v1::PublishAlertRequest Outage(const std::string& ward) {
    v1::PublishAlertRequest request;
    request.mutable_alert()->set_kind(v1::Kind::OUTAGE);
    request.mutable_alert()->set_severity(v1::Severity::SEVERE);
    request.mutable_alert()->set_headline("Lab results do not arrive");
    request.mutable_alert()->mutable_audience()->add_wards(ward);
    // One of three wards is a wide send.
    request.set_confirmed_reach(ward == "4w" ? 3 : ward == "icu" ? 2 : 1);
    return request;
  }
  Result<v1::PublishAlertResponse> Publish(const Caller& caller,
                                           const v1::PublishAlertRequest& request) {
    return Call<v1::PublishAlertResponse>("AlertService/PublishAlert", caller, request);
  }
};

TEST_F(ScopeTest, APublisherOfOneWardReachesThatWardOnly) {
  const Caller ann = Bearer(SessionOf("ann", {As("publisher", {"4w"})}));
  EXPECT_TRUE(Publish(ann, Outage("4w")));
  const auto refused = Publish(ann, Outage("icu"));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Code::kPermissionDenied);
  EXPECT_THAT(refused.error().message, HasSubstr("wards 4w, not ward icu"));
  v1::PublishAlertRequest everyone = Outage("4w");
  everyone.mutable_alert()->mutable_audience()->set_everyone(true);
  EXPECT_EQ(Publish(ann, everyone).error().code, Code::kPermissionDenied);
}

TEST_F(ScopeTest, ADrillTakesTheSameScopeAndIsNeverMadeReal) {
  const Caller ann = Bearer(SessionOf("ann", {As("publisher", {"4w"})}));
  v1::PublishAlertRequest drill = Outage("icu");
  drill.mutable_alert()->set_status(v1::Status::EXERCISE);
  EXPECT_EQ(Publish(ann, drill).error().code, Code::kPermissionDenied);
  drill = Outage("4w");
  drill.mutable_alert()->set_status(v1::Status::EXERCISE);
  const auto sent = Publish(ann, drill);
  ASSERT_TRUE(sent) << sent.error().message;
  v1::UpdateAlertRequest real;
  real.set_alert_id(sent->alert().id());
  real.mutable_alert()->set_status(v1::Status::ACTUAL);
  EXPECT_EQ(Call<v1::UpdateAlertResponse>("AlertService/UpdateAlert", ann, real).error().code,
            Code::kInvalidArgument);
  real.mutable_update_mask()->add_paths("status");
  EXPECT_EQ(Call<v1::UpdateAlertResponse>("AlertService/UpdateAlert", ann, real).error().code,
            Code::kInvalidArgument);
}

TEST_F(ScopeTest, NobodyWidensOrTakesOverANoticeOutsideOfTheirScope) {
  const Caller all = Bearer(SessionOf("all", {As("publisher")}));
  const Caller ann = Bearer(SessionOf("ann", {As("publisher", {"4w"})}));
  const std::string theirs = Publish(all, Outage("icu"))->alert().id();
  const std::string mine = Publish(ann, Outage("4w"))->alert().id();
  v1::UpdateAlertRequest update;
  update.set_alert_id(mine);
  update.set_expected_revision(1);
  update.mutable_alert()->mutable_audience()->add_wards("icu");
  update.mutable_update_mask()->add_paths("audience");
  EXPECT_EQ(Call<v1::UpdateAlertResponse>("AlertService/UpdateAlert", ann, update).error().code,
            Code::kPermissionDenied);
  v1::RecallAlertRequest recall;
  recall.set_alert_id(theirs);
  EXPECT_EQ(Call<v1::RecallAlertResponse>("AlertService/RecallAlert", ann, recall).error().code,
            Code::kPermissionDenied);
  v1::EndAlertRequest end;
  end.set_alert_id(theirs);
  end.set_all_clear(true);
  EXPECT_EQ(Call<v1::EndAlertResponse>("AlertService/EndAlert", ann, end).error().code,
            Code::kPermissionDenied);
  recall.set_alert_id(mine);
  EXPECT_TRUE(Call<v1::RecallAlertResponse>("AlertService/RecallAlert", ann, recall));
}

TEST_F(ScopeTest, TheHouseSupervisorSendsEmergenciesAndLeavesItNoticesAlone) {
  const Caller desk = Bearer(SessionOf("desk", {As("service-desk")}));
  const Caller house = Bearer(SessionOf("house", {As("house-supervisor")}));
  const std::string outage = Publish(desk, Outage("icu"))->alert().id();
  EXPECT_EQ(Publish(house, Outage("icu")).error().code, Code::kPermissionDenied);
  v1::EndAlertRequest end;
  end.set_alert_id(outage);
  end.set_all_clear(true);
  EXPECT_EQ(Call<v1::EndAlertResponse>("AlertService/EndAlert", house, end).error().code,
            Code::kPermissionDenied);
  v1::PublishAlertRequest emergency = Outage("icu");
  emergency.mutable_alert()->set_kind(v1::Kind::EMERGENCY);
  EXPECT_TRUE(Publish(house, emergency));
  EXPECT_EQ(Publish(desk, emergency).error().code, Code::kPermissionDenied);
}

TEST_F(ScopeTest, WardStaffAnswersForItsWard) {
  const Caller desk = Bearer(SessionOf("desk", {As("service-desk")}));
  const Caller staff = Bearer(SessionOf("staff", {As("ward-staff", {"4w"})}));
  v1::PublishAlertRequest outage = Outage("4w");
  outage.mutable_alert()->mutable_audience()->add_wards("icu");
  outage.set_confirmed_reach(5);
  v1::AcknowledgeAlertRequest answer;
  answer.set_alert_id(Publish(desk, outage)->alert().id());
  answer.set_response(v1::Response::PROCEDURE_STARTED);
  const auto acknowledge = [&](const std::string& ward) {
    answer.set_ward_id(ward);
    return Call<v1::AcknowledgeAlertResponse>("AlertService/AcknowledgeAlert", staff, answer);
  };
  EXPECT_TRUE(acknowledge("4w"));
  const auto refused = acknowledge("icu");
  EXPECT_EQ(refused.error().code, Code::kPermissionDenied);
  EXPECT_THAT(refused.error().message, HasSubstr("icu"));
}

TEST_F(ScopeTest, AMachinesTokenIsBoundAndEnds) {
  Caller local{.bearer = {}, .peer = "unix:"};
  local.local = true;
  v1::CreateTokenRequest request;
  request.set_name("nagios");
  request.set_days(30);
  *request.add_assignments() = As("administrator");
  EXPECT_EQ(Call<v1::CreateTokenResponse>("AccessService/CreateToken", local, request).error().code,
            Code::kInvalidArgument);
  request.clear_assignments();
  *request.add_assignments() = As("publisher", {"4w"});
  const auto made = Call<v1::CreateTokenResponse>("AccessService/CreateToken", local, request);
  ASSERT_TRUE(made) << made.error().message;
  const Caller nagios = Bearer(made->secret());
  const auto published = Publish(nagios, Outage("4w"));
  ASSERT_TRUE(published) << published.error().message;
  EXPECT_EQ(published->alert().published_by(), "nagios");
  const auto beyond = Publish(nagios, Outage("icu"));
  ASSERT_TRUE(beyond) << beyond.error().message;
  EXPECT_EQ(beyond->alert().state(), v1::State::DRAFT) << "a person looks at it";
  EXPECT_THAT(beyond->alert().held_because(), HasSubstr("wards 4w, not ward icu"));
  v1::PublishAlertRequest send;
  send.set_draft_id(beyond->alert().id());
  EXPECT_EQ(Publish(nagios, send).error().code, Code::kPermissionDenied);
  EXPECT_TRUE(people_.ListApiTokens().value().at(0).has_used());
  clock_.Advance(std::chrono::days(31));
  EXPECT_EQ(Publish(nagios, Outage("4w")).error().code, Code::kUnauthenticated);

  const auto second = Call<v1::CreateTokenResponse>("AccessService/CreateToken", local, request);
  const Caller other = Bearer(second->secret());
  ASSERT_TRUE(WhoAmI(other));
  v1::RevokeTokenRequest revoke;
  revoke.set_id(second->token().id());
  ASSERT_TRUE(Call<v1::RevokeTokenResponse>("AccessService/RevokeToken", local, revoke));
  EXPECT_EQ(WhoAmI(other).error().code, Code::kUnauthenticated);
}

TEST_F(ScopeTest, WhoIsGivenLessHasLessAtOnce) {
  const Caller ann = Bearer(SessionOf("ann", {As("publisher")}));
  ASSERT_TRUE(Publish(ann, Outage("4w")));
  v1::UpsertAccountRequest request;
  request.mutable_account()->set_name("ann");
  *request.mutable_account()->add_assignments() = As("viewer");
  Caller local{.bearer = {}, .peer = "unix:"};
  local.local = true;
  ASSERT_TRUE(Call<v1::UpsertAccountResponse>("AccessService/UpsertAccount", local, request));
  EXPECT_EQ(Publish(ann, Outage("4w")).error().code, Code::kPermissionDenied);
}

TEST_F(ScopeTest, NoticesNameADeskAndNeverAPerson) {
  const Caller ann = Bearer(SessionOf("ann.smith", {As("service-desk")}));
  EXPECT_EQ(Publish(ann, Outage("4w"))->alert().published_by(), "Service desk");
}

TEST_F(ScopeTest, WhatWasDoneIsInTheTrailWithItsAlert) {
  const Caller ann = Bearer(SessionOf("ann", {As("service-desk")}));
  const std::string id = Publish(ann, Outage("4w"))->alert().id();
  const auto trail = Trail();
  ASSERT_FALSE(trail.empty());
  EXPECT_EQ(trail[0].what(), "publish-alert");
  EXPECT_EQ(trail[0].subject(), id);
  EXPECT_EQ(trail[0].who(), "ann");
  EXPECT_THAT(trail[0].DebugString(), ::testing::Not(HasSubstr("Lab results")));
}

}  // namespace
}  // namespace wardcast
