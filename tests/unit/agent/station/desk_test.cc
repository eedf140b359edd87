#include "agent/station/desk.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/agent/station/desk_scene.h"

namespace wardcast::agent {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

TEST_F(DeskTest, AnOutageIsShownAndReportedAsDeliveredAfterItIsOnDisk) {
  MeetOutage();
  EXPECT_EQ(link_.settings_asked, 1);
  EXPECT_EQ(link_.procedures_asked, 1);
  ASSERT_THAT(Shown().notices, SizeIs(1));
  EXPECT_EQ(Shown().notices[0].presentation, Presentation::kDialog);
  EXPECT_THAT(link_.reports, IsEmpty()) << "receipts wait for company";
  Pass(100ms);
  ASSERT_THAT(link_.reports, SizeIs(1));
  EXPECT_THAT(Kinds(link_.reports[0]), ::testing::ElementsAre(v1::Receipt::Kind::DELIVERED));
}

TEST_F(DeskTest, AnAlertThatDoesNotVerifyIsNotShownAndReportedAsRejected) {
  v1::SubscribeResponse message = Synced({Outage(5)});
  message.mutable_alerts(0)->set_signature(
      SigningKey::Generate().SignAlert(message.alerts(0).payload()));
  Receive(message);
  Step([&] { desk_->SettingsCame(FourWest()); });
  Pass(10s);
  EXPECT_THAT(Shown().notices, IsEmpty());
  ASSERT_THAT(link_.reports, SizeIs(1));
  EXPECT_THAT(Kinds(link_.reports[0]), ::testing::ElementsAre(v1::Receipt::Kind::REJECTED));
  EXPECT_EQ(link_.reports[0].receipts(0).alert_id(), alert_id_);
  EXPECT_THAT(LedgerText(), Not(HasSubstr("applied")));
}

TEST_F(DeskTest, AForgedUpdateLeavesTheTrueVersionOnTheScreen) {
  MeetOutage();
  v1::SubscribeResponse message = Message({Outage(6)});
  message.mutable_alerts(0)->mutable_payload()->back() ^= 1;
  Receive(message);
  ASSERT_THAT(Shown().notices, SizeIs(1));
  EXPECT_EQ(Shown().notices[0].version, 5);
}

TEST_F(DeskTest, KilledBetweenPressAndConfirmationTheAnswerIsSentAfterTheRestart) {
  MeetOutage();
  Press(Response::kProcedureStarted);
  ASSERT_THAT(link_.reports, SizeIs(1)) << "what was pressed is sent at once";
  const std::string id = link_.reports[0].acknowledgements(0).id();
  EXPECT_TRUE(Shown().notices[0].sending);
  EXPECT_THAT(Shown().notices[0].ward_answer,
              HasSubstr("4 West: procedure started, J.R., charge nurse"));

  Start();
  Receive(Synced({}));
  ASSERT_THAT(link_.reports, SizeIs(1));
  ASSERT_EQ(link_.reports[0].acknowledgements_size(), 1);
  EXPECT_EQ(link_.reports[0].acknowledgements(0).id(), id)
      << "the same id: the broker counts it once";
  EXPECT_TRUE(Shown().notices[0].seen) << "attention is not called again";
  Confirm();
  EXPECT_FALSE(Shown().notices[0].sending);
  Pass(10min);
  EXPECT_THAT(link_.reports, SizeIs(1));
}

TEST_F(DeskTest, PressingTwiceIsOneAnswer) {
  MeetOutage();
  Press(Response::kProcedureStarted);
  Press(Response::kProcedureStarted);
  Confirm();
  Pass(1s);
  int answers = 0;
  for (const auto& report : link_.reports) answers += report.acknowledgements_size();
  EXPECT_EQ(answers, 1);
}

TEST_F(DeskTest, SeenIsRememberedAcrossARestartAndAnUnansweredNoticeReopens) {
  MeetOutage();
  Step([&] { desk_->Displayed(alert_id_, 1); });
  Start();
  Receive(Synced({}));
  ASSERT_THAT(Shown().notices, SizeIs(1));
  EXPECT_EQ(Shown().notices[0].presentation, Presentation::kDialog) << "unanswered: it reopens";
  Step([&] { desk_->Seen(alert_id_, 1); });
  Start();
  Receive(Synced({}));
  EXPECT_EQ(Shown().notices[0].presentation, Presentation::kTicker);
  Receive(Message({Outage(7, 2)}));
  EXPECT_EQ(Shown().notices[0].presentation, Presentation::kDialog) << "the next round";
}

TEST_F(DeskTest, WithoutABrokerTheCacheBecomesAStripAfterTenSeconds) {
  MeetOutage();
  Start();
  EXPECT_THAT(Shown().notices, IsEmpty());
  Pass(10s);
  ASSERT_THAT(Shown().notices, SizeIs(1));
  EXPECT_EQ(Shown().notices[0].presentation, Presentation::kTicker);
  EXPECT_THAT(Shown().notices[0].unconfirmed, HasSubstr("not confirmed"));
}

TEST_F(DeskTest, TheGreetingSaysWhatIsOnDiskAndHowFarTheLogWasSeen) {
  MeetOutage();
  Start();
  const v1::SubscribeRequest request = desk_->Greet();
  ASSERT_EQ(request.known_size(), 1);
  EXPECT_EQ(request.known(0).version(), 5);
  EXPECT_EQ(request.max_seen_sequence(), 5);
  EXPECT_EQ(request.max_seen_log_id(), "log-a");
  EXPECT_EQ(request.max_seen_generation(), 1);
}

TEST_F(DeskTest, ARestoredBrokerIsToldAgain) {
  MeetOutage();
  Pass(100ms);
  Press(Response::kNotAffected);
  Confirm();
  Press(Response::kNotAffected);
  Pass(1s);
  Confirm();
  const std::size_t before = link_.reports.size();
  v1::Alert restored = Outage(3);
  restored.set_generation(2);
  Receive(Synced({restored}, 2));
  ASSERT_GT(link_.reports.size(), before);
  EXPECT_EQ(link_.reports.back().acknowledgements_size(), 1);
  EXPECT_EQ(Shown().notices[0].version, 3)
      << "a higher generation beats every version of a lower one";
}

TEST_F(DeskTest, WhatTheBrokerRefusesIsShownToThePerson) {
  MeetOutage();
  Press(Response::kProcedureStarted);
  v1::ReportResponse response;
  v1::Refusal* refusal = response.add_refused();
  refusal->set_id(link_.reports.back().acknowledgements(0).id());
  refusal->set_reason("this PC is not of 4 West");
  Step([&] { desk_->Reported(response); });
  EXPECT_EQ(Shown().notices[0].refused, "this PC is not of 4 West");
  EXPECT_EQ(Shown().notices[0].presentation, Presentation::kDialog);
}

TEST_F(DeskTest, SilenceIsSaidAfterFiveMinutesAndNoticesAreMarkedAfterOne) {
  MeetOutage();
  Pass(61s);
  EXPECT_FALSE(Shown().contact.connected);
  EXPECT_THAT(Shown().notices[0].unconfirmed, HasSubstr("last confirmed"));
  EXPECT_EQ(Shown().contact.message, "");
  Pass(4min);
  EXPECT_THAT(Shown().contact.message, HasSubstr("No contact with the alert service since 21:07"));
}

TEST_F(DeskTest, ABoardNeverReports) {
  v1::GetSettingsResponse board = FourWest();
  board.mutable_endpoint()->set_class_(v1::EndpointClass::BOARD);
  Receive(Synced({}));
  Step([&] { desk_->SettingsCame(board); });
  Receive(Message({Outage(5)}));
  Step([&] { desk_->Displayed(alert_id_, 1); });
  Pass(1min);
  EXPECT_THAT(Shown().notices, SizeIs(1));
  EXPECT_THAT(link_.reports, IsEmpty());
}

TEST_F(DeskTest, TheLedgerSaysWhatWasAppliedCalledShownAndPressedAndNoText) {
  MeetOutage();
  Step([&] { desk_->Displayed(alert_id_, 1); });
  Step([&] { desk_->Seen(alert_id_, 1); });
  const std::string ledger = LedgerText();
  for (const char* event : {"applied", "call", "display", "press"}) {
    EXPECT_THAT(ledger, HasSubstr("\"event\":\"" + std::string(event) + "\""));
  }
  EXPECT_THAT(ledger, HasSubstr("\"version\":5"));
  EXPECT_THAT(ledger, Not(HasSubstr("Lab")));
}

}  // namespace
}  // namespace wardcast::agent
