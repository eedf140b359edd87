// Two analysts and a webhook find the same outage: one notice.
#include "server/api/alerts/duplicates.h"

#include <gmock/gmock.h>

#include "tests/unit/server/api/alerts/alert_scene.h"

namespace wardcast {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

class DuplicatesTest : public testing::AlertScene {
 protected:
  std::vector<v1::Alert> Open() { return store_->ListAlerts({}, "", 100).value(); }
};

TEST_F(DuplicatesTest, TwoAnalystsAndAWebhookPostTheSameOutageOnce) {
  const v1::Alert first = Publish(Person("ann"), Outage("ehr", {"4w", "icu"}))->alert();
  const auto second = Publish(Person("bob"), Outage("ehr", {"4w"}));
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, Code::kFailedPrecondition);
  EXPECT_THAT(second.error().message, HasSubstr("Inpatient EHR has an open notice since 07:01"));
  EXPECT_THAT(second.error().message, HasSubstr("(2 wards)"));
  EXPECT_THAT(second.error().message, HasSubstr(first.id()));

  v1::PublishAlertRequest webhook = Outage("ehr", {"4w"});
  webhook.set_source_key("nagios/ehr");
  const auto attached = Publish(Machine("nagios"), webhook);
  ASSERT_TRUE(attached) << attached.error().message;
  EXPECT_TRUE(attached->attached());
  EXPECT_EQ(attached->alert().id(), first.id());
  EXPECT_EQ(attached->alert().revision(), first.revision());
  EXPECT_THAT(Open(), SizeIs(1));
}

TEST_F(DuplicatesTest, AMachineIsNotAttachedToWhatSomeOfItsWardsAreNotTold) {
  const std::string narrow = Publish(Person("ann"), Outage("ehr", {"4w"}))->alert().id();
  v1::PublishAlertRequest webhook = Outage("ehr", {"4w", "icu"});
  webhook.set_source_key("nagios/ehr");
  const auto own = Publish(Machine("nagios"), webhook);
  ASSERT_TRUE(own) << own.error().message;
  EXPECT_FALSE(own->attached()) << "the ICU would hear nothing";
  EXPECT_NE(own->alert().id(), narrow);
  EXPECT_THAT(Open(), SizeIs(2));
}

TEST_F(DuplicatesTest, AMachineStaysAttachedAndDoesNotEndWhatAPersonWrote) {
  const std::string id = Publish(Person("ann"), Outage("ehr", {"4w"}))->alert().id();
  v1::PublishAlertRequest webhook = Outage("ehr", {"4w"});
  webhook.set_source_key("nagios/ehr");
  ASSERT_TRUE(Publish(Machine("nagios"), webhook));
  EXPECT_TRUE(Publish(Machine("nagios"), webhook)->attached());
  const auto resolved = EndByKey(Machine("nagios"), "nagios/ehr");
  ASSERT_TRUE(resolved) << resolved.error().message;
  EXPECT_EQ(resolved->alert().id(), id);
  EXPECT_EQ(Load(id).state(), v1::State::ACTIVE) << "a person gives the all clear";
  // Another key, or another machine, has nothing there.
  EXPECT_EQ(EndByKey(Machine("nagios"), "nagios/other").error().code, Code::kNotFound);

  v1::EndAlertRequest end;
  end.set_alert_id(id);
  end.set_all_clear(true);
  ASSERT_TRUE(change_.EndAlert(CallOf(Person("ann")), end));
  Sync();
  const auto anew = Publish(Machine("nagios"), webhook);
  EXPECT_FALSE(anew->attached());
  EXPECT_NE(anew->alert().id(), id);
}

TEST_F(DuplicatesTest, WhoSaysThatItIsAnotherMatterPublishes) {
  ASSERT_TRUE(Publish(Person("ann"), Outage("ehr", {"4w"})));
  v1::PublishAlertRequest other = Outage("ehr", {"icu"});
  other.set_separate(true);
  const auto published = Publish(Person("bob"), other);
  ASSERT_TRUE(published) << published.error().message;
  EXPECT_THAT(Open(), SizeIs(2));
}

TEST_F(DuplicatesTest, AProgramThatKeepsNoAccountOfItsCallsIsNotAsked) {
  ASSERT_TRUE(Publish(Somebody("admin"), Outage("ehr", {"4w"})));
  ASSERT_TRUE(Publish(Somebody("admin"), Outage("ehr", {"4w"})));
  ASSERT_TRUE(Publish(Machine("script"), Outage("ehr", {"4w"})));
  EXPECT_THAT(Open(), SizeIs(3));
}

TEST_F(DuplicatesTest, AMachinesOwnNoticesOfOneServiceAreNotEachOthersDuplicates) {
  v1::PublishAlertRequest one = Outage("ehr", {"4w"});
  one.set_source_key("nagios/ehr-a");
  v1::PublishAlertRequest other = Outage("ehr", {"4w"});
  other.set_source_key("nagios/ehr-b");
  EXPECT_FALSE(Publish(Machine("nagios"), one)->attached());
  EXPECT_FALSE(Publish(Machine("nagios"), other)->attached());
  EXPECT_THAT(Open(), SizeIs(2));
}

TEST_F(DuplicatesTest, ARetryIsNoDuplicateOfItself) {
  v1::PublishAlertRequest request = Outage("ehr", {"4w"});
  request.set_request_id(NewUlid(clock_.Now()));
  const std::string id = Publish(Person("ann"), request)->alert().id();
  const auto again = Publish(Person("ann"), request);
  ASSERT_TRUE(again) << again.error().message;
  EXPECT_EQ(again->alert().id(), id);
}

TEST(IsDuplicate, PlannedWorkThatHasNotBegunIsAnotherMatterThanAnOutage) {
  v1::Alert open = testing::MakeAlert("01A", 1, {"4w"});
  open.add_services("ehr");
  v1::Alert outage = open;
  outage.set_id("");
  EXPECT_TRUE(IsDuplicate(open, outage));
  open.set_kind(v1::Kind::PLANNED_DOWNTIME);
  EXPECT_FALSE(IsDuplicate(open, outage));
  v1::Alert planned = outage;
  planned.set_kind(v1::Kind::PLANNED_DOWNTIME);
  EXPECT_TRUE(IsDuplicate(open, planned));
  open.set_state(v1::State::SCHEDULED);
  EXPECT_TRUE(IsDuplicate(open, planned)) << "announced to publishers, if not to wards";
  open.set_state(v1::State::ACTIVE);
  open.mutable_started_at()->mutable_at()->set_seconds(1);
  EXPECT_TRUE(IsDuplicate(open, outage)) << "it has begun";
}

TEST(IsDuplicate, DrillsDraftsAndOtherServicesAreNone) {
  v1::Alert open = testing::MakeAlert("01A", 1, {"4w"});
  open.add_services("ehr");
  v1::Alert outage = open;
  outage.set_id("");
  outage.set_status(v1::Status::EXERCISE);
  EXPECT_FALSE(IsDuplicate(open, outage));
  outage.clear_status();
  open.set_state(v1::State::DRAFT);
  EXPECT_FALSE(IsDuplicate(open, outage));
  open.set_state(v1::State::ACTIVE);
  open.set_services(0, "lab-results");
  EXPECT_FALSE(IsDuplicate(open, outage));
}

TEST(IsDuplicate, WhatIsDownAgainAfterItsAllClearIsAnotherMatter) {
  v1::Alert open = testing::MakeAlert("01A", 1, {"4w"});
  open.add_services("ehr");
  open.add_services("lab-results");
  open.add_cleared()->add_services("ehr");
  v1::Alert outage = testing::MakeAlert("", 0, {"4w"});
  outage.add_services("ehr");
  EXPECT_FALSE(IsDuplicate(open, outage)) << "its wards were told that it works";
  outage.set_services(0, "lab-results");
  EXPECT_TRUE(IsDuplicate(open, outage));
  outage.set_services(0, "ehr");
  open.mutable_cleared(0)->add_sites("main");
  EXPECT_TRUE(IsDuplicate(open, outage)) << "elsewhere it is down still";
}

TEST_F(DuplicatesTest, AnOutageIsNotAttachedToAPieceOfInformationOnItsService) {
  v1::PublishAlertRequest note = Information({"4w"});
  note.mutable_alert()->add_services("ehr");
  const auto told = Publish(Person("ann"), note);
  ASSERT_TRUE(told) << told.error().message;
  v1::PublishAlertRequest webhook = Outage("ehr", {"4w"});
  webhook.set_source_key("nagios/ehr");
  const auto sent = Publish(Machine("nagios"), webhook);
  ASSERT_TRUE(sent) << sent.error().message;
  EXPECT_FALSE(sent->attached());
  EXPECT_NE(sent->alert().id(), told->alert().id());
  EXPECT_FALSE(Publish(Person("bob"), note)) << "told twice; and it is down, they know";
}

}  // namespace
}  // namespace wardcast
