// Edits of what is there: who may, what they are asked for, and what they need not be asked.
#include "server/api/alerts/change.h"

#include <gmock/gmock.h>

#include "server/api/alerts/changing.h"
#include "tests/unit/server/api/alerts/alert_scene.h"

namespace wardcast {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class ChangesTest : public testing::AlertScene {
 protected:
  void NameApprovers() {
    for (const char* name : {"lena", "omar"}) {
      v1::Account account;
      account.set_name(name);
      account.add_assignments()->set_role("house-supervisor");
      ASSERT_TRUE(store_->people()->PutAccount(account, clock_.Now()));
    }
  }
  // Work in a week, sent by Ann.
  v1::Alert Planned() {
    v1::PublishAlertRequest request = Outage("ehr", {"4w"});
    v1::Alert& alert = *request.mutable_alert();
    alert.set_kind(v1::Kind::PLANNED_DOWNTIME);
    *alert.mutable_start()->mutable_at() = ToTimestamp(clock_.Now() + std::chrono::hours(168));
    *alert.mutable_expected_end()->mutable_at() =
        ToTimestamp(clock_.Now() + std::chrono::hours(170));
    const auto sent = Publish(Person("ann"), request);
    EXPECT_TRUE(sent) << sent.error().message;
    return sent ? sent->alert() : v1::Alert();
  }
  // Free text to everyone, which waits for an approver.
  v1::Alert Waiting() {
    v1::PublishAlertRequest request = Outage("ehr", {});
    const DirectoryPtr directory = hub_.directory();
    request.set_confirmed_reach(AudienceOf(request.alert(), *directory)->expected_count());
    const auto sent = Publish(Person("ann"), request);
    EXPECT_TRUE(sent) << sent.error().message;
    return sent ? sent->alert() : v1::Alert();
  }
  // The newest entry says why a text is no patient data.
  void ExpectKept(const std::string& alert_id, const std::string& reason) {
    const auto trail = Trail();
    ASSERT_FALSE(trail.empty());
    EXPECT_EQ(trail[0].what(), "patient-data-reason");
    EXPECT_EQ(trail[0].subject(), alert_id);
    EXPECT_EQ(trail[0].detail(), reason);
  }

  ApprovalHandler approval_{parts_};
};

TEST_F(ChangesTest, AReasonOfPostponingThatLooksLikePatientDataTakesAReasonThatIsKept) {
  const v1::Alert planned = Planned();
  v1::PostponeAlertRequest postpone;
  postpone.set_alert_id(planned.id());
  postpone.set_reason("MRN 483920 is being looked up");
  const auto refused = change_.PostponeAlert(CallOf(Person("ann")), postpone);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Code::kFailedPrecondition);
  EXPECT_THAT(refused.error().message, HasSubstr("reason looks like patient data"));
  EXPECT_THAT(refused.error().message, Not(HasSubstr("483920")));
  postpone.set_patient_data_reason(std::string(1'000, 'x'));
  EXPECT_EQ(change_.PostponeAlert(CallOf(Person("ann")), postpone).error().code,
            Code::kInvalidArgument);
  postpone.set_patient_data_reason("the number of a ticket");
  const auto postponed = change_.PostponeAlert(CallOf(Person("ann")), postpone);
  ASSERT_TRUE(postponed) << postponed.error().message;
  EXPECT_FALSE(postponed->alert().has_start());
  ExpectKept(planned.id(), "the number of a ticket");
}

TEST_F(ChangesTest, AReasonOfReturningThatLooksLikePatientDataTakesAReasonThatIsKept) {
  NameApprovers();
  const v1::Alert waiting = Waiting();
  ASSERT_EQ(waiting.state(), v1::State::PENDING_APPROVAL);
  v1::RejectAlertRequest reject;
  reject.set_alert_id(waiting.id());
  reject.set_reason("Take out MRN 483920");
  const auto refused = approval_.RejectAlert(CallOf(Person("lena")), reject);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Code::kFailedPrecondition);
  reject.set_patient_data_reason("it names what is to go");
  const auto returned = approval_.RejectAlert(CallOf(Person("lena")), reject);
  ASSERT_TRUE(returned) << returned.error().message;
  EXPECT_EQ(returned->alert().state(), v1::State::DRAFT);
  ExpectKept(waiting.id(), "it names what is to go");
}

TEST_F(ChangesTest, WideInformationThatWasReturnedIsSentAgainAsItIs) {
  NameApprovers();
  v1::PublishAlertRequest request = Information({});
  const DirectoryPtr directory = hub_.directory();
  request.set_confirmed_reach(AudienceOf(request.alert(), *directory)->expected_count());
  const auto waiting = Publish(Person("ann"), request);
  ASSERT_TRUE(waiting) << waiting.error().message;
  ASSERT_EQ(waiting->alert().state(), v1::State::PENDING_APPROVAL);
  EXPECT_FALSE(waiting->alert().has_send_at()) << "its author has written none";
  v1::RejectAlertRequest reject;
  reject.set_alert_id(waiting->alert().id());
  reject.set_reason("Send it after lunch");
  ASSERT_TRUE(approval_.RejectAlert(CallOf(Person("lena")), reject));
  Sync();
  clock_.Advance(std::chrono::minutes(30));
  v1::PublishAlertRequest again;
  again.set_draft_id(waiting->alert().id());
  again.set_confirmed_reach(request.confirmed_reach());
  const auto sent = Publish(Person("ann"), again);
  ASSERT_TRUE(sent) << sent.error().message;
  EXPECT_EQ(sent->alert().state(), v1::State::PENDING_APPROVAL);
}

TEST_F(ChangesTest, WhatWaitsIsEditedByWhoWroteItOrMaySendIt) {
  NameApprovers();
  const v1::Alert waiting = Waiting();
  v1::Grant narrow;
  narrow.set_role(v1::Role::PUBLISHER);
  narrow.mutable_scope()->add_services("lab-results");
  const auto other = [&](const std::string& name) {
    return std::make_shared<const Identity>(
        Identity{.kind = Identity::Kind::kPerson, .name = name, .grants = {narrow}});
  };
  v1::UpdateAlertRequest update;
  update.set_alert_id(waiting.id());
  EXPECT_EQ(change_.UpdateAlert(CallOf(other("eve")), update).error().code, Code::kPermissionDenied)
      << "not even to read it by changing nothing";
  update.mutable_alert()->set_impact("Printing works");
  EXPECT_EQ(change_.UpdateAlert(CallOf(other("eve")), update).error().code,
            Code::kPermissionDenied);
  const auto edited = change_.UpdateAlert(CallOf(Person("bob")), update);
  ASSERT_TRUE(edited) << edited.error().message;
  EXPECT_EQ(edited->alert().state(), v1::State::PENDING_APPROVAL);
  // Bob is an author now, and so nobody who may approve it.
  v1::ApproveAlertRequest approve;
  approve.set_alert_id(waiting.id());
  approve.set_expected_revision(edited->alert().revision());
  EXPECT_EQ(approval_.ApproveAlert(CallOf(Person("bob")), approve).error().code,
            Code::kPermissionDenied);
  EXPECT_TRUE(approval_.ApproveAlert(CallOf(Person("lena")), approve));
}

// Who may approve is a question to the store, which an update in the worst hour can do without.
TEST(BearsOnApproval, IsWhatNeedsApprovalLooksAt) {
  v1::UpdateAlertRequest request;
  request.mutable_alert()->set_impact("Printing works");
  request.mutable_alert()->mutable_next_update()->mutable_at()->set_seconds(1);
  EXPECT_FALSE(BearsOnApproval(request));
  request.mutable_update_mask()->add_paths("impact");
  EXPECT_FALSE(BearsOnApproval(request));
  for (const char* field :
       {"kind", "severity", "presentation", "template_id", "audience", "services"}) {
    v1::UpdateAlertRequest masked;
    masked.mutable_update_mask()->add_paths(field);
    EXPECT_TRUE(BearsOnApproval(masked)) << field;
  }
  v1::UpdateAlertRequest wider;
  wider.mutable_alert()->mutable_audience()->set_everyone(true);
  EXPECT_TRUE(BearsOnApproval(wider));
  v1::UpdateAlertRequest more;
  more.mutable_alert()->add_services("ehr");
  EXPECT_TRUE(BearsOnApproval(more));
}

}  // namespace
}  // namespace wardcast
