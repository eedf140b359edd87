// A partner's notice for more PCs than the role reaches alone: a second person looks at it first.
#include <gmock/gmock.h>

#include "tests/unit/server/api/alerts/alert_scene.h"

namespace wardcast {
namespace {

using ::testing::HasSubstr;

class BeyondReachTest : public testing::AlertScene {
 protected:
  void NameApprovers() {
    for (const char* name : {"lena", "omar"}) {
      v1::Account account;
      account.set_name(name);
      account.add_assignments()->set_role("house-supervisor");
      ASSERT_TRUE(store_->people()->PutAccount(account, clock_.Now()));
    }
  }
  // Somebody of a partner who looks after the EHR; with 4 PCs, where the wards 4w and icu have 5.
  IdentityPtr Partner(const std::string& name) const {
    v1::Grant grant;
    grant.set_role(v1::Role::PUBLISHER);
    grant.mutable_scope()->add_services("ehr");
    grant.mutable_scope()->add_kinds(v1::Kind::OUTAGE);
    grant.mutable_scope()->set_max_presentation(v1::Presentation::DIALOG);
    grant.mutable_scope()->set_max_endpoints(4);
    Identity identity = *Person(name);
    identity.grants = {grant};
    return std::make_shared<const Identity>(std::move(identity));
  }
  static v1::PublishAlertRequest Large() { return Outage("ehr", {"4w", "icu"}); }
  Result<v1::ApproveAlertResponse> Approve(const IdentityPtr& caller, const v1::Alert& alert,
                                           const std::string& break_glass = "") {
    v1::ApproveAlertRequest request;
    request.set_alert_id(alert.id());
    request.set_expected_revision(alert.revision());
    request.set_break_glass(break_glass);
    auto answer = approval_.ApproveAlert(CallOf(caller), request);
    Sync();
    return answer;
  }
  Result<v1::UpdateAlertResponse> Widen(const IdentityPtr& caller, const std::string& id) {
    v1::UpdateAlertRequest update;
    update.set_alert_id(id);
    update.mutable_alert()->mutable_audience()->add_wards("4w");
    update.mutable_alert()->mutable_audience()->add_wards("icu");
    update.mutable_alert()->mutable_audience()->add_wards("lab");
    return change_.UpdateAlert(CallOf(caller), update);
  }
  v1::PreviewAudienceResponse Preview(const IdentityPtr& caller) {
    v1::PreviewAudienceRequest request;
    *request.mutable_alert() = Large().alert();
    *request.mutable_audience() = request.alert().audience();
    *request.mutable_services() = request.alert().services();
    const auto preview = preview_.PreviewAudience(CallOf(caller), request);
    EXPECT_TRUE(preview) << preview.error().message;
    return preview.value_or(v1::PreviewAudienceResponse());
  }

  ApprovalHandler approval_{parts_};
};

TEST_F(BeyondReachTest, WhatIsOnlyTooLargeWaitsForAnApproverAndThenGoesOut) {
  NameApprovers();
  const auto sent = Publish(Partner("pat"), Large());
  ASSERT_TRUE(sent) << sent.error().message;
  EXPECT_EQ(sent->alert().state(), v1::State::PENDING_APPROVAL);
  EXPECT_THAT(sent->alert().held_because(),
              HasSubstr("reaches 5 PCs; your role reaches 4 with one notice without a second "
                        "person"));
  EXPECT_EQ(Approve(Partner("pat"), sent->alert()).error().code, Code::kPermissionDenied);
  const auto approved = Approve(Person("lena"), sent->alert());
  ASSERT_TRUE(approved) << approved.error().message;
  EXPECT_EQ(approved->alert().state(), v1::State::ACTIVE);
}

TEST_F(BeyondReachTest, WhereNoTwoMayApproveItIsRefused) {
  const auto refused = Publish(Partner("pat"), Large());
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Code::kPermissionDenied);
  EXPECT_THAT(refused.error().message, HasSubstr("reaches 4 PCs with one notice"));
  EXPECT_EQ(Preview(Partner("pat")).needs_approval(), "");
}

TEST_F(BeyondReachTest, WhatIsBeyondTheRoleOtherwiseIsRefusedAndDrillsNeverWait) {
  NameApprovers();
  v1::PublishAlertRequest other = Large();
  other.mutable_alert()->set_services(0, "lab-results");
  EXPECT_EQ(Publish(Partner("pat"), other).error().code, Code::kPermissionDenied);
  v1::PublishAlertRequest drill = Large();
  drill.mutable_alert()->set_status(v1::Status::EXERCISE);
  EXPECT_EQ(Publish(Partner("pat"), drill).error().code, Code::kPermissionDenied);
}

TEST_F(BeyondReachTest, ASmallOneGoesAtOnceAndThePreviewSaysWhichWaits) {
  NameApprovers();
  EXPECT_EQ(Publish(Partner("pat"), Outage("ehr", {"icu"}))->alert().state(), v1::State::ACTIVE);
  EXPECT_THAT(Preview(Partner("pat")).needs_approval(), HasSubstr("reaches 5 PCs"));
  EXPECT_EQ(Preview(Person("ann")).needs_approval(), "");
}

TEST_F(BeyondReachTest, ItsAuthorEditsWhatWasApprovedButBringsItToNobodyElse) {
  NameApprovers();
  const v1::Alert waiting = Publish(Partner("pat"), Large())->alert();
  ASSERT_TRUE(Approve(Person("lena"), waiting));
  v1::UpdateAlertRequest update;
  update.set_alert_id(waiting.id());
  update.mutable_alert()->set_impact("Printing works");
  const auto updated = change_.UpdateAlert(CallOf(Partner("pat")), update);
  ASSERT_TRUE(updated) << updated.error().message;
  EXPECT_EQ(updated->alert().state(), v1::State::ACTIVE);
  update.mutable_alert()->set_impact("Faxes work");
  EXPECT_EQ(change_.UpdateAlert(CallOf(Partner("eve")), update).error().code,
            Code::kPermissionDenied)
      << "a colleague has not written it";
  EXPECT_EQ(Widen(Partner("pat"), waiting.id()).error().code, Code::kFailedPrecondition);
}

TEST_F(BeyondReachTest, WhereNobodyApprovesItsAuthorBreaksTheGlass) {
  NameApprovers();
  const v1::Alert waiting = Publish(Partner("pat"), Large())->alert();
  EXPECT_FALSE(Approve(Partner("pat"), waiting, "nobody answers"));
  clock_.Advance(std::chrono::minutes(3));
  const auto sent = Approve(Partner("pat"), waiting, "nobody answers");
  ASSERT_TRUE(sent) << sent.error().message;
  EXPECT_EQ(sent->alert().state(), v1::State::ACTIVE);
}

}  // namespace
}  // namespace wardcast
