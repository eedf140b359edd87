// What a publisher is told before anything is sent.
#include <gmock/gmock.h>

#include "tests/fixtures/ward_pc.h"
#include "tests/unit/server/api/alerts/alert_scene.h"

namespace wardcast {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

class PreviewTest : public testing::AlertScene {
 protected:
  v1::PreviewAudienceResponse Preview(const IdentityPtr& caller, const v1::Alert& notice) {
    v1::PreviewAudienceRequest request;
    *request.mutable_audience() = notice.audience();
    *request.mutable_services() = notice.services();
    *request.mutable_alert() = notice;
    const auto preview = preview_.PreviewAudience(CallOf(caller), request);
    EXPECT_TRUE(preview) << preview.error().message;
    return preview.value_or(v1::PreviewAudienceResponse());
  }
  static std::vector<int> KindsOf(const v1::PreviewAudienceResponse& preview) {
    std::vector<int> kinds;
    for (const v1::Warning& warning : preview.warnings()) kinds.push_back(warning.kind());
    return kinds;
  }
  // What another broker has written of it; `gone` TimePoint{}: it is connected there.
  void WritePresence(const std::string& id, TimePoint gone, bool goodbye,
                     v1::ScreenState::Value screen = v1::ScreenState::UNSPECIFIED) {
    PresenceRow row;
    row.endpoint_id = id;
    row.connected_at = clock_.Now() - hours(30);
    row.gone_at = gone;
    row.goodbye = goodbye;
    row.screen_state = screen;
    row.sessions = gone == TimePoint{} ? 1 : 0;
    PresenceBatch batch;
    batch.broker_id = "broker-2";
    batch.now = clock_.Now();
    batch.rows.push_back(std::move(row));
    ASSERT_TRUE(store_->PutPresence(batch));
  }
  // 4w-pc-01 has had an open notice for a minute, and shown it to nobody.
  void TakeWithoutShowing() {
    const v1::Alert open = Publish(Somebody("admin"), Outage("", {"4w"}))->alert();
    JournalBatch journal;
    journal.now = clock_.Now();
    journal.broker_id = "broker-2";
    journal.receipts.push_back({.alert_id = open.id(),
                                .round = open.round(),
                                .endpoint_id = "4w-pc-01",
                                .ward_id = "4w",
                                .kind = v1::Receipt::Kind::DELIVERED,
                                .endpoint_time = clock_.Now()});
    ASSERT_TRUE(store_->Record(journal));
    clock_.Advance(minutes(1));
  }
};

TEST_F(PreviewTest, SaysWhoIsLostOffAndThere) {
  testing::WardPc here("4w-pc-01");
  ASSERT_TRUE(here.Connect(hub_));
  WritePresence("4w-pc-02", clock_.Now() - hours(2), false);
  WritePresence("icu-pc-01", clock_.Now() - hours(2), true);
  WritePresence("icu-pc-02", clock_.Now() - hours(25), false);
  states_.Read();
  const v1::Reach reach = Preview(Person("ann"), Outage("ehr", {"4w", "icu"}).alert()).reach();
  EXPECT_EQ(reach.endpoints(), 5);
  EXPECT_EQ(reach.connected(), 1);
  EXPECT_EQ(reach.lost(), 1);
  EXPECT_EQ(reach.off(), 3) << "goodbye, silent for a day, never seen";
  EXPECT_EQ(reach.locked(), 0);
  EXPECT_EQ(reach.wards_total(), 12);
}

TEST_F(PreviewTest, SaysWhoHasTakenAnOpenNoticeAndShowsItToNobody) {
  testing::WardPc locked("4w-pc-01");
  ASSERT_TRUE(locked.Connect(hub_));
  TakeWithoutShowing();
  WritePresence("4w-pc-01", TimePoint{}, false);
  states_.Read();
  EXPECT_EQ(Preview(Person("ann"), Outage("ehr", {"4w"}).alert()).reach().locked(), 1);
}

TEST_F(PreviewTest, SaysWhoseScreenIsLockedWithoutAnyOpenNotice) {
  testing::WardPc locked("4w-pc-01");
  testing::WardPc empty("4w-pc-02");
  testing::WardPc there("icu-pc-01");
  for (testing::WardPc* pc : {&locked, &empty, &there}) ASSERT_TRUE(pc->Connect(hub_));
  WritePresence("4w-pc-01", TimePoint{}, false, v1::ScreenState::LOCKED);
  WritePresence("4w-pc-02", TimePoint{}, false, v1::ScreenState::NOBODY);
  WritePresence("icu-pc-01", TimePoint{}, false, v1::ScreenState::UNLOCKED);
  states_.Read();
  EXPECT_EQ(Preview(Person("ann"), Outage("ehr", {"4w", "icu"}).alert()).reach().locked(), 2);
}

TEST_F(PreviewTest, WhoSaysThatItsScreenIsUnlockedIsNotJudgedByItsReceipts) {
  testing::WardPc slow("4w-pc-01");
  ASSERT_TRUE(slow.Connect(hub_));
  TakeWithoutShowing();
  WritePresence("4w-pc-01", TimePoint{}, false, v1::ScreenState::UNLOCKED);
  states_.Read();
  EXPECT_EQ(Preview(Person("ann"), Outage("ehr", {"4w"}).alert()).reach().locked(), 0);
}

TEST_F(PreviewTest, SaysWhichWardsAreClosedAndWhatTheyDependOn) {
  DirectoryContent content = Hospital();
  content.wards[0].set_opening_hours("Mon-Fri 07:00-19:00");  // 4w; it is a Sunday
  content.wards[1].add_services("ehr");
  Import(content);
  const v1::Reach reach = Preview(Person("ann"), Outage("ehr", {"4w", "icu"}).alert()).reach();
  EXPECT_EQ(reach.closed_wards(), 1);
  for (const v1::WardReach& ward : reach.wards()) {
    EXPECT_EQ(ward.has_closed_until(), ward.ward_id() == "4w");
    EXPECT_EQ(ward.services_size(), ward.ward_id() == "icu" ? 1 : 0);
  }
}

TEST_F(PreviewTest, AsksPeopleForTheReachOfAWideSendAndMachinesForNothing) {
  EXPECT_TRUE(Preview(Person("ann"), Outage("", {}).alert()).needs_confirmed_reach());
  EXPECT_FALSE(Preview(Person("ann"), Outage("", {"4w"}).alert()).needs_confirmed_reach());
  EXPECT_FALSE(Preview(Machine("nagios"), Outage("", {}).alert()).needs_confirmed_reach());
}

TEST_F(PreviewTest, WarnsOfAnOpenNoticeOfPatientDataAndOfClockTimes) {
  ASSERT_TRUE(Publish(Person("ann"), Outage("ehr", {"4w"})));
  v1::Alert notice = Outage("ehr", {"4w"}).alert();
  notice.set_impact("MRN 483920 waits since 14:05");
  EXPECT_THAT(
      KindsOf(Preview(Person("bob"), notice)),
      ::testing::UnorderedElementsAre(v1::Warning::KIND_PATIENT_DATA, v1::Warning::KIND_CLOCK_TIME,
                                      v1::Warning::KIND_DUPLICATE));
}

TEST_F(PreviewTest, AboveTheDoseTheDefaultFallsAndThePublisherIsTold) {
  EXPECT_EQ(Preview(Person("ann"), Information({"4w"}).alert()).presentation(),
            v1::Presentation::TOAST);
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(Publish(Somebody("admin"), Information({"4w"})));
  // What wards had is counted every few seconds; this is another broker's first look.
  ReachReader fresh(*store_, hub_, connections_, states_, clock_);
  AlertParts parts{.store = *store_,
                   .hub = hub_,
                   .reach = fresh,
                   .commit = commit_,
                   .approvers = approvers_,
                   .audit = audit_,
                   .clock = clock_};
  v1::PreviewAudienceRequest request;
  *request.mutable_alert() = Information({"4w"}).alert();
  *request.mutable_audience() = request.alert().audience();
  const auto preview = PreviewHandler(parts).PreviewAudience(CallOf(Person("ann")), request);
  ASSERT_TRUE(preview);
  EXPECT_EQ(preview->presentation(), v1::Presentation::TICKER);
  EXPECT_THAT(KindsOf(*preview), ::testing::Contains(v1::Warning::KIND_DOSE));

  PublishHandler publish(parts);
  const auto sent = publish.PublishAlert(CallOf(Person("ann")), Information({"4w"}));
  ASSERT_TRUE(sent) << sent.error().message;
  EXPECT_EQ(sent->alert().presentation(), v1::Presentation::TICKER);
  EXPECT_EQ(sent->warnings(0).kind(), v1::Warning::KIND_DOSE);
  const auto grave = publish.PublishAlert(CallOf(Person("ann")), Outage("", {"4w"}));
  EXPECT_EQ(grave->alert().presentation(), v1::Presentation::DIALOG);
}

TEST_F(PreviewTest, ANoticeMayBeIncompleteButNotEndless) {
  v1::PreviewAudienceRequest request;
  request.mutable_audience()->set_everyone(true);
  EXPECT_TRUE(preview_.PreviewAudience(CallOf(Person("ann")), request));
  request.mutable_alert()->set_impact(std::string(100'000, 'x'));
  EXPECT_EQ(preview_.PreviewAudience(CallOf(Person("ann")), request).error().code,
            Code::kInvalidArgument);
}

}  // namespace
}  // namespace wardcast
