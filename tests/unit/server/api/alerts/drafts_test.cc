// What is written and not sent: by people, and by machines beyond their grant.
#include <gmock/gmock.h>

#include "tests/unit/server/api/alerts/alert_scene.h"

namespace wardcast {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

class DraftsTest : public testing::AlertScene {
 protected:
  static v1::PublishAlertRequest Draft(const std::string& headline) {
    v1::PublishAlertRequest request;
    request.mutable_alert()->set_headline(headline);
    request.set_draft(true);
    return request;
  }
  static v1::PublishAlertRequest SendOf(const std::string& id) {
    v1::PublishAlertRequest request;
    request.set_draft_id(id);
    return request;
  }
  // A machine that says more than it may.
  static v1::PublishAlertRequest Extreme() {
    v1::PublishAlertRequest request = Outage("ehr", {"4w"});
    request.mutable_alert()->set_kind(v1::Kind::SECURITY);
    request.mutable_alert()->set_severity(v1::Severity::EXTREME);
    request.set_source_key("siem/1");
    return request;
  }
};

TEST_F(DraftsTest, ADraftMayBeIncompleteAndIsSentWhenItIsNot) {
  const v1::Alert draft = Publish(Person("ann"), Draft("Results"))->alert();
  EXPECT_EQ(draft.state(), v1::State::DRAFT);
  EXPECT_EQ(draft.round(), 0);
  EXPECT_EQ(Publish(Person("ann"), SendOf(draft.id())).error().code, Code::kInvalidArgument)
      << "no kind, no audience";

  v1::PublishAlertRequest over = Outage("ehr", {"4w"});
  over.set_draft(true);
  over.set_draft_id(draft.id());
  const auto written = Publish(Person("bob"), over);
  ASSERT_TRUE(written) << written.error().message;
  EXPECT_EQ(written->alert().headline(), "Results do not arrive");
  EXPECT_EQ(written->alert().state(), v1::State::DRAFT);

  const auto sent = Publish(Person("ann"), SendOf(draft.id()));
  ASSERT_TRUE(sent) << sent.error().message;
  EXPECT_EQ(sent->alert().id(), draft.id());
  EXPECT_EQ(sent->alert().state(), v1::State::ACTIVE);
  EXPECT_EQ(sent->alert().round(), 1);
  EXPECT_EQ(store_->LoadExpected(draft.id()).value().size(), 1u);
  EXPECT_EQ(Publish(Person("ann"), SendOf(draft.id())).error().code, Code::kFailedPrecondition);
}

TEST_F(DraftsTest, WritingOverADraftClearsWhatIsLeftOpen) {
  v1::PublishAlertRequest first = Draft("Results");
  first.mutable_alert()->set_impact("Nobody sees results");
  const std::string id = Publish(Person("ann"), first)->alert().id();
  v1::PublishAlertRequest over = Draft("Results do not arrive");
  over.set_draft_id(id);
  const auto written = Publish(Person("ann"), over);
  ASSERT_TRUE(written) << written.error().message;
  EXPECT_THAT(written->alert().impact(), IsEmpty());
}

TEST_F(DraftsTest, SendingADraftTwiceWithOneRequestIdSendsItOnce) {
  v1::PublishAlertRequest draft = Outage("ehr", {"4w"});
  draft.set_draft(true);
  v1::PublishAlertRequest send = SendOf(Publish(Person("ann"), draft)->alert().id());
  send.set_request_id(NewUlid(clock_.Now()));
  const auto first = Publish(Person("ann"), send);
  ASSERT_TRUE(first) << first.error().message;
  const auto again = Publish(Person("ann"), send);
  ASSERT_TRUE(again) << again.error().message;
  EXPECT_EQ(again->alert().version(), first->alert().version());
}

TEST_F(DraftsTest, WhatAMachineMayNotSendBecomesADraftThatAPersonSends) {
  const auto held = Publish(Machine("siem"), Extreme());
  ASSERT_TRUE(held) << held.error().message;
  EXPECT_EQ(held->alert().state(), v1::State::DRAFT);
  EXPECT_THAT(held->alert().held_because(), HasSubstr("SEVERE"));
  EXPECT_THAT(held->alert().held_because(), HasSubstr("grant"));

  const std::int64_t version = held->alert().version();
  EXPECT_EQ(Publish(Machine("siem"), Extreme())->alert().version(), version)
      << "saying it again changes nothing";
  const auto sent = Publish(Person("ann"), SendOf(held->alert().id()));
  ASSERT_TRUE(sent) << sent.error().message;
  EXPECT_EQ(sent->alert().state(), v1::State::ACTIVE);
  EXPECT_THAT(sent->alert().held_because(), IsEmpty());
}

TEST_F(DraftsTest, OnceItIsCoveredByTheGrantTheSameKeyGoesOut) {
  const std::string id = Publish(Machine("siem"), Extreme())->alert().id();
  v1::PublishAlertRequest milder = Extreme();
  milder.mutable_alert()->set_severity(v1::Severity::SEVERE);
  const auto out = Publish(Machine("siem"), milder);
  ASSERT_TRUE(out) << out.error().message;
  EXPECT_EQ(out->alert().id(), id);
  EXPECT_EQ(out->alert().state(), v1::State::ACTIVE);
}

TEST_F(DraftsTest, AMachineThatResolvesItsDraftTakesItAway) {
  const std::string id = Publish(Machine("siem"), Extreme())->alert().id();
  const auto ended = EndByKey(Machine("siem"), "siem/1");
  ASSERT_TRUE(ended) << ended.error().message;
  EXPECT_EQ(Load(id).closing(), v1::Closing::RECALLED);
  EXPECT_FALSE(Load(id).has_published_at()) << "no ward ever saw it";
}

TEST_F(DraftsTest, PeopleAreRefusedInsteadAndMachinesDoNotSendDraftsBeyondTheirGrant) {
  const auto person = std::make_shared<const Identity>(
      Identity{.kind = Identity::Kind::kPerson,
               .name = "ann",
               .grants = Machine("like")->grants,
               .confirmed_until = clock_.Now() + std::chrono::hours(1)});
  v1::PublishAlertRequest extreme = Extreme();
  extreme.clear_source_key();
  EXPECT_EQ(Publish(person, extreme).error().code, Code::kPermissionDenied);
  const std::string id = Publish(Machine("siem"), extreme)->alert().id();
  EXPECT_EQ(Publish(Machine("siem"), SendOf(id)).error().code, Code::kPermissionDenied);
}

TEST_F(DraftsTest, WhoWroteADraftTakesItAwayAndNobodyElseWithoutItsScope) {
  v1::PublishAlertRequest draft = Outage("ehr", {"4w"});
  draft.set_draft(true);
  const std::string id = Publish(Person("ann"), draft)->alert().id();
  v1::Grant narrow;
  narrow.set_role(v1::Role::PUBLISHER);
  narrow.mutable_scope()->add_services("lab-results");
  const auto other = std::make_shared<const Identity>(
      Identity{.kind = Identity::Kind::kPerson, .name = "eve", .grants = {narrow}});
  v1::RecallAlertRequest recall;
  recall.set_alert_id(id);
  EXPECT_EQ(change_.RecallAlert(CallOf(other), recall).error().code, Code::kPermissionDenied);
  EXPECT_TRUE(change_.RecallAlert(CallOf(Person("ann")), recall));
}

TEST_F(DraftsTest, WhatLooksLikePatientDataTakesAReasonThatIsKept) {
  v1::PublishAlertRequest request = Outage("ehr", {"4w"});
  request.mutable_alert()->set_impact("Results of MRN 483920 do not arrive");
  const auto refused = Publish(Person("ann"), request);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Code::kFailedPrecondition);
  EXPECT_THAT(refused.error().message, HasSubstr("alert.impact"));
  EXPECT_THAT(refused.error().message, ::testing::Not(HasSubstr("483920")));
  request.set_patient_data_reason("a ticket number");
  const auto published = Publish(Person("ann"), request);
  ASSERT_TRUE(published) << published.error().message;
  const auto trail = Trail();
  ASSERT_FALSE(trail.empty());
  EXPECT_EQ(trail[0].what(), "patient-data-reason");
  EXPECT_EQ(trail[0].subject(), published->alert().id());
  EXPECT_EQ(trail[0].detail(), "a ticket number");

  v1::UpdateAlertRequest update;
  update.set_alert_id(published->alert().id());
  update.mutable_alert()->set_reason("A switch is down");
  EXPECT_TRUE(change_.UpdateAlert(CallOf(Person("ann")), update))
      << "what was answered for is not asked again";
  update.mutable_alert()->set_reason("MRN 111222 was first");
  EXPECT_EQ(change_.UpdateAlert(CallOf(Person("ann")), update).error().code,
            Code::kFailedPrecondition);
}

}  // namespace
}  // namespace wardcast
