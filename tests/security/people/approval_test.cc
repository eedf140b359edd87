// The second pair of eyes: who approves, who does not, and what happens when nobody is there.
#include <gmock/gmock.h>

#include <algorithm>

#include "tests/security/people/access_scene.h"

namespace wardcast {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class ApprovalTest : public testing::AccessScene {
 protected:
  static v1::PublishAlertRequest Emergency() {
    v1::PublishAlertRequest request;
    request.mutable_alert()->set_kind(v1::Kind::EMERGENCY);
    request.mutable_alert()->set_severity(v1::Severity::EXTREME);
    request.mutable_alert()->set_headline("Water in the basement");
    request.mutable_alert()->mutable_audience()->add_wards("4w");
    request.set_confirmed_reach(3);
    return request;
  }
  Result<v1::PublishAlertResponse> Publish(const Caller& caller,
                                           const v1::PublishAlertRequest& request) {
    return Call<v1::PublishAlertResponse>("AlertService/PublishAlert", caller, request);
  }
  Result<v1::ApproveAlertResponse> Approve(const Caller& caller, const v1::Alert& alert,
                                           const std::string& break_glass = "") {
    v1::ApproveAlertRequest request;
    request.set_alert_id(alert.id());
    request.set_expected_revision(alert.revision());
    request.set_break_glass(break_glass);
    return Call<v1::ApproveAlertResponse>("AlertService/ApproveAlert", caller, request);
  }
  Result<v1::RejectAlertResponse> Reject(const Caller& caller, const v1::Alert& alert,
                                         const std::string& reason) {
    v1::RejectAlertRequest request;
    request.set_alert_id(alert.id());
    request.set_reason(reason);
    return Call<v1::RejectAlertResponse>("AlertService/RejectAlert", caller, request);
  }
  // What Hanna sends while Hugo could approve it.
  v1::Alert Waiting() {
    const auto sent = Publish(hanna_, Emergency());
    EXPECT_TRUE(sent) << sent.error().message;
    EXPECT_EQ(sent->alert().state(), v1::State::PENDING_APPROVAL);
    return sent->alert();
  }

  const Caller hanna_ = Bearer(SessionOf("hanna", {As("house-supervisor")}));
  const Caller hugo_ = Bearer(SessionOf("hugo", {As("house-supervisor")}));
  const Caller vera_ = Bearer(SessionOf("vera", {As("viewer")}));
};

TEST_F(ApprovalTest, AnEmergencyWaitsForSomebodyElse) {
  const v1::Alert waiting = Waiting();
  EXPECT_THAT(waiting.held_because(), HasSubstr("emergency"));
  EXPECT_TRUE(waiting.has_waiting_since());
  const auto own = Approve(hanna_, waiting);
  ASSERT_FALSE(own);
  EXPECT_EQ(own.error().code, Code::kPermissionDenied);
  EXPECT_THAT(own.error().message, HasSubstr("nobody approves their own"));
  const auto approved = Approve(hugo_, waiting);
  ASSERT_TRUE(approved) << approved.error().message;
  EXPECT_EQ(approved->alert().state(), v1::State::ACTIVE);
  EXPECT_THAT(store_->LoadExpected(waiting.id()).value(), SizeIs(1));
  EXPECT_TRUE(Approve(hugo_, approved->alert())) << "twice is no error";
}

TEST_F(ApprovalTest, WhereThereIsNoSecondApproverNothingWaits) {
  ASSERT_TRUE(people_.RemoveAccount("hugo"));
  const auto sent = Publish(hanna_, Emergency());
  ASSERT_TRUE(sent) << sent.error().message;
  EXPECT_EQ(sent->alert().state(), v1::State::ACTIVE);
  v1::PublishAlertRequest takeover = Emergency();
  takeover.mutable_alert()->set_presentation(v1::Presentation::TAKEOVER);
  EXPECT_EQ(Publish(hanna_, takeover).error().code, Code::kFailedPrecondition);
}

TEST_F(ApprovalTest, WhoIsNamedAtThisBrokerCountsAtOnce) {
  const Caller local{.bearer = {}, .peer = "unix:", .local = true};
  v1::RemoveAccountRequest remove;
  remove.set_name("hugo");
  ASSERT_TRUE(Call<v1::RemoveAccountResponse>("AccessService/RemoveAccount", local, remove));
  const auto alone = Publish(hanna_, Emergency());
  ASSERT_TRUE(alone) << alone.error().message;
  EXPECT_EQ(alone->alert().state(), v1::State::ACTIVE);
  v1::UpsertAccountRequest name;
  name.mutable_account()->set_name("ida");
  *name.mutable_account()->add_assignments() = As("house-supervisor");
  ASSERT_TRUE(Call<v1::UpsertAccountResponse>("AccessService/UpsertAccount", local, name));
  EXPECT_EQ(Waiting().state(), v1::State::PENDING_APPROVAL);
}

TEST_F(ApprovalTest, WhoApprovesSaysWhatTheyHaveRead) {
  const v1::Alert waiting = Waiting();
  v1::UpdateAlertRequest update;
  update.set_alert_id(waiting.id());
  update.mutable_alert()->set_impact("The kitchens are closed");
  const auto edited = Call<v1::UpdateAlertResponse>("AlertService/UpdateAlert", hanna_, update);
  ASSERT_TRUE(edited) << edited.error().message;
  EXPECT_EQ(edited->alert().state(), v1::State::PENDING_APPROVAL);
  EXPECT_EQ(Approve(hugo_, waiting).error().code, Code::kAborted);
  EXPECT_TRUE(Approve(hugo_, edited->alert()));
}

TEST_F(ApprovalTest, WhoHasRewrittenItIsAnAuthorToo) {
  const v1::Alert waiting = Waiting();
  v1::UpdateAlertRequest update;
  update.set_alert_id(waiting.id());
  update.mutable_alert()->set_impact("The kitchens are closed");
  const auto edited = Call<v1::UpdateAlertResponse>("AlertService/UpdateAlert", hugo_, update);
  ASSERT_TRUE(edited) << edited.error().message;
  EXPECT_EQ(Approve(hugo_, edited->alert()).error().code, Code::kPermissionDenied);
}

TEST_F(ApprovalTest, OnlyTheirScopeIsApproved) {
  const Caller team = Bearer(SessionOf("team", {As("application-team", {}, {"lab-results"})}));
  const v1::Alert waiting = Waiting();
  const auto refused = Approve(team, waiting);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Code::kPermissionDenied);
  EXPECT_THAT(refused.error().message, HasSubstr("PLANNED_DOWNTIME, not EMERGENCY"));
  EXPECT_EQ(Reject(team, waiting, "no").error().code, Code::kPermissionDenied);
  EXPECT_EQ(Approve(vera_, waiting).error().code, Code::kPermissionDenied);
  EXPECT_EQ(store_->LoadAlert(waiting.id())->alert.state(), v1::State::PENDING_APPROVAL);
}

TEST_F(ApprovalTest, TheGlassIsBrokenAfterThreeMinutesAndLoudly) {
  const v1::Alert waiting = Waiting();
  clock_.Advance(minutes(3) - seconds(1));
  const auto early = Approve(hanna_, waiting, "nobody answers");
  ASSERT_FALSE(early);
  EXPECT_EQ(early.error().code, Code::kFailedPrecondition);
  EXPECT_THAT(early.error().message, HasSubstr("in 1 s"));
  clock_.Advance(seconds(1));
  const Caller desk = Bearer(SessionOf("desk", {As("service-desk")}));
  EXPECT_EQ(Approve(desk, waiting, "nobody answers").error().code, Code::kPermissionDenied)
      << "whoever could not send it can not break the glass either";
  const auto broken = Approve(hanna_, waiting, "nobody answers");
  ASSERT_TRUE(broken) << broken.error().message;
  EXPECT_EQ(broken->alert().state(), v1::State::ACTIVE);
  const auto trail = Trail();
  const auto found = std::ranges::find(trail, "break-glass", &v1::AuditEvent::what);
  ASSERT_NE(found, trail.end());
  EXPECT_TRUE(found->loud());
  EXPECT_EQ(found->who(), "hanna");
  EXPECT_EQ(found->subject(), waiting.id());
  EXPECT_EQ(found->detail(), "nobody answers");
}

TEST_F(ApprovalTest, AReturnedNoticeIsADraftThatItsAuthorSendsAgain) {
  const v1::Alert waiting = Waiting();
  EXPECT_EQ(Reject(hugo_, waiting, "").error().code, Code::kInvalidArgument);
  const auto returned = Reject(hugo_, waiting, "Name the building");
  ASSERT_TRUE(returned) << returned.error().message;
  EXPECT_EQ(returned->alert().state(), v1::State::DRAFT);
  EXPECT_THAT(returned->alert().held_because(), HasSubstr("Name the building"));
  v1::PublishAlertRequest again;
  again.set_draft_id(waiting.id());
  again.set_confirmed_reach(3);
  const auto sent = Publish(hanna_, again);
  ASSERT_TRUE(sent) << sent.error().message;
  EXPECT_EQ(sent->alert().state(), v1::State::PENDING_APPROVAL);
  // Returning it has not made Hugo its author.
  EXPECT_TRUE(Approve(hugo_, sent->alert()));
}

TEST_F(ApprovalTest, WhatIsHeldDoesNotExistForReaders) {
  const std::string id = Waiting().id();
  v1::GetAlertRequest get;
  get.set_alert_id(id);
  EXPECT_EQ(Call<v1::GetAlertResponse>("AlertService/GetAlert", vera_, get).error().code,
            Code::kNotFound);
  EXPECT_TRUE(Call<v1::GetAlertResponse>("AlertService/GetAlert", hugo_, get));
  v1::GetTimelineRequest timeline;
  timeline.set_alert_id(id);
  EXPECT_EQ(Call<v1::GetTimelineResponse>("AlertService/GetTimeline", vera_, timeline).error().code,
            Code::kNotFound);
  v1::GetProgressRequest progress;
  progress.set_alert_id(id);
  EXPECT_EQ(Call<v1::GetProgressResponse>("AlertService/GetProgress", vera_, progress).error().code,
            Code::kNotFound);
  v1::ListUnreachedRequest unreached;
  unreached.set_alert_id(id);
  EXPECT_EQ(
      Call<v1::ListUnreachedResponse>("AlertService/ListUnreached", vera_, unreached).error().code,
      Code::kNotFound);
}

TEST_F(ApprovalTest, DraftsAreListedForThoseWhoPublishOrApproveOnly) {
  Waiting();
  v1::ListAlertsRequest list;
  const auto listed = [&](const Caller& caller) {
    return Call<v1::ListAlertsResponse>("AlertService/ListAlerts", caller, list);
  };
  EXPECT_THAT(listed(vera_)->alerts(), IsEmpty());
  EXPECT_THAT(listed(hanna_)->alerts(), IsEmpty()) << "not asked for";
  list.set_include_drafts(true);
  EXPECT_THAT(listed(hanna_)->alerts(), SizeIs(1));
  EXPECT_EQ(listed(vera_).error().code, Code::kPermissionDenied);
}

TEST_F(ApprovalTest, TheTimelineOfWhatWentOutDoesNotSayWhatItSaidBefore) {
  const v1::Alert waiting = Waiting();
  v1::UpdateAlertRequest update;
  update.set_alert_id(waiting.id());
  update.mutable_alert()->set_impact("Second thoughts");
  const auto edited = Call<v1::UpdateAlertResponse>("AlertService/UpdateAlert", hanna_, update);
  ASSERT_TRUE(edited) << edited.error().message;
  ASSERT_TRUE(Approve(hugo_, edited->alert()));
  v1::GetTimelineRequest request;
  request.set_alert_id(waiting.id());
  const auto entries = [&](const Caller& caller) {
    return Call<v1::GetTimelineResponse>("AlertService/GetTimeline", caller, request)
        ->entries_size();
  };
  EXPECT_EQ(entries(vera_), 1);
  EXPECT_EQ(entries(hugo_), 3);
}

TEST_F(ApprovalTest, WhereTwoMayApproveTheWholeScreenMayBeTaken) {
  v1::PublishAlertRequest takeover = Emergency();
  takeover.mutable_alert()->set_presentation(v1::Presentation::TAKEOVER);
  const auto sent = Publish(hanna_, takeover);
  ASSERT_TRUE(sent) << sent.error().message;
  EXPECT_EQ(sent->alert().state(), v1::State::PENDING_APPROVAL);
}

}  // namespace
}  // namespace wardcast
