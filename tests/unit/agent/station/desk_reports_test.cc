// What the desk reports, when it is told, and to which life of the log.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/agent/station/desk_scene.h"

namespace wardcast::agent {
namespace {

class DeskReports : public DeskTest {};

TEST_F(DeskReports, ANewGenerationIsAdoptedFromAnyMessage) {
  MeetOutage();
  Pass(100ms);
  Press(Response::kNotAffected);
  Confirm();
  Pass(1s);
  Confirm();
  const std::size_t before = link_.reports.size();
  v1::Alert restored = Outage(3);
  restored.set_generation(1'763'800'000);
  v1::SubscribeResponse message = Message({restored});
  message.set_log_id("log-a");
  message.set_generation(1'763'800'000);
  Receive(message);
  EXPECT_EQ(desk_->Greet().max_seen_generation(), 1'763'800'000);
  EXPECT_EQ(desk_->Greet().max_seen_sequence(), 3);
  ASSERT_GT(link_.reports.size(), before)
      << "the new life may have lost what the old one confirmed";
  EXPECT_EQ(link_.reports.back().acknowledgements_size(), 1);
  EXPECT_EQ(link_.reports.back().acknowledgements(0).generation(), 1)
      << "of what was on the window";
  Receive(Message({}));
  EXPECT_EQ(desk_->Greet().max_seen_generation(), 1'763'800'000)
      << "a later message need not say it";
  Start();
  EXPECT_EQ(desk_->Greet().max_seen_generation(), 1'763'800'000) << "it is on disk";
}

TEST_F(DeskReports, WhatAnEarlierLifeConfirmedWhileANewOneBeganIsSentAgain) {
  MeetOutage();
  Pass(1s);
  Confirm();
  Press(Response::kNotAffected);
  const std::size_t before = link_.reports.size();
  v1::SubscribeResponse message = Message({});
  message.set_log_id("log-a");
  message.set_generation(2);
  Receive(message);
  EXPECT_EQ(link_.reports.size(), before) << "one is under way";
  Confirm();
  ASSERT_GT(link_.reports.size(), before);
  EXPECT_EQ(link_.reports.back().acknowledgements_size(), 1);
}

TEST_F(DeskReports, StartedThenHelpThenStartedAreThreeAnswers) {
  MeetOutage();
  for (const Response response :
       {Response::kProcedureStarted, Response::kNeedHelp, Response::kProcedureStarted}) {
    Press(response);
    Pass(1s);
    Confirm();
  }
  int answers = 0;
  for (const auto& report : link_.reports) answers += report.acknowledgements_size();
  EXPECT_EQ(answers, 3);
}

TEST_F(DeskReports, ARealProblemIsReportedOnceAndLeavesTheNoticeAsItIs) {
  MeetOutage();
  Press(Response::kRealProblem);
  Press(Response::kRealProblem);
  Pass(1s);
  Confirm();
  std::vector<v1::Acknowledgement> answers;
  for (const auto& report : link_.reports) {
    for (const auto& answer : report.acknowledgements()) answers.push_back(answer);
  }
  ASSERT_EQ(answers.size(), 1U);
  EXPECT_EQ(answers[0].response(), v1::Response::REAL_PROBLEM);
  EXPECT_EQ(answers[0].help(), v1::HelpKind::UNSPECIFIED);
  EXPECT_FALSE(Shown().notices.at(0).seen);
}

TEST_F(DeskReports, AForgedUpdateIsReportedForTheRoundThatIsHeld) {
  Receive(Synced({Outage(5, 3)}));
  Step([&] { desk_->SettingsCame(FourWest()); });
  Pass(1s);
  Confirm();
  v1::SubscribeResponse message = Message({Outage(6, 3)});
  message.mutable_alerts(0)->mutable_payload()->back() ^= 1;
  Receive(message);
  Pass(1s);
  ASSERT_THAT(Kinds(link_.reports.back()), ::testing::Contains(v1::Receipt::Kind::REJECTED));
  for (const v1::Receipt& receipt : link_.reports.back().receipts()) EXPECT_EQ(receipt.round(), 3);
}

TEST_F(DeskReports, ABusyBrokerIsAskedAgainWhenItSays) {
  MeetOutage();
  Press(Response::kProcedureStarted);
  const std::size_t before = link_.reports.size();
  Step([&] { desk_->Reported(FailFor(Code::kResourceExhausted, "the journal is full", 20s)); });
  Pass(19s);
  EXPECT_EQ(link_.reports.size(), before);
  Pass(2s);
  EXPECT_EQ(link_.reports.size(), before + 1);
}

TEST_F(DeskReports, ALockedScreenIsSaidWhenTheBrokerIsMet) {
  EXPECT_EQ(desk_->Greet().endpoint().screen_state(), v1::ScreenState::UNSPECIFIED);
  Step([&] { desk_->ScreenChanged(ScreenState::kLocked); });
  EXPECT_EQ(desk_->Greet().endpoint().screen_state(), v1::ScreenState::LOCKED);
  Receive(Synced({}));
  Pass(10s);
  EXPECT_TRUE(link_.reports.empty()) << "it is known";
}

TEST_F(DeskReports, AChangeOfTheScreenIsReportedWithinSeconds) {
  desk_->Greet();
  Receive(Synced({}));
  Step([&] { desk_->ScreenChanged(ScreenState::kLocked); });
  Pass(2s);
  ASSERT_EQ(link_.reports.size(), 1U);
  EXPECT_EQ(link_.reports[0].screen_state(), v1::ScreenState::LOCKED);
  EXPECT_EQ(link_.reports[0].receipts_size(), 0);
  Confirm();
  Pass(1min);
  EXPECT_EQ(link_.reports.size(), 1U);
  Step([&] { desk_->ScreenChanged(ScreenState::kUnlocked); });
  Pass(2s);
  ASSERT_EQ(link_.reports.size(), 2U);
  EXPECT_EQ(link_.reports[1].screen_state(), v1::ScreenState::UNLOCKED);
}

TEST_F(DeskReports, WhatIsReportedAnywayTakesTheScreenAlong) {
  desk_->Greet();
  MeetOutage();
  Step([&] {
    desk_->ScreenChanged(ScreenState::kUnlocked);
    desk_->Displayed(alert_id_, 1);
  });
  Pass(200ms);
  ASSERT_EQ(link_.reports.size(), 1U);
  EXPECT_EQ(link_.reports[0].receipts_size(), 2);
  EXPECT_EQ(link_.reports[0].screen_state(), v1::ScreenState::UNLOCKED);
}

TEST_F(DeskReports, OneReportIsUnderWayAtATime) {
  desk_->Greet();
  MeetOutage();
  Pass(1s);
  ASSERT_EQ(link_.reports.size(), 1U) << "DELIVERED";
  Step([&] { desk_->ScreenChanged(ScreenState::kLocked); });
  Pass(5s);
  EXPECT_EQ(link_.reports.size(), 1U);
  Confirm();
  ASSERT_EQ(link_.reports.size(), 2U);
  EXPECT_EQ(link_.reports[1].screen_state(), v1::ScreenState::LOCKED);
  // A press waits for the answer to it, and no answer is taken for another's.
  Press(Response::kProcedureStarted);
  EXPECT_EQ(link_.reports.size(), 2U);
  Confirm();
  ASSERT_EQ(link_.reports.size(), 3U);
  EXPECT_EQ(link_.reports[2].acknowledgements_size(), 1);
}

TEST_F(DeskReports, AScreenThatNobodyTookIsReportedAgain) {
  desk_->Greet();
  Receive(Synced({}));
  Step([&] { desk_->ScreenChanged(ScreenState::kLocked); });
  Pass(2s);
  ASSERT_EQ(link_.reports.size(), 1U);
  Step([&] { desk_->Reported(FailFor(Code::kUnavailable, "the broker is busy", 20s)); });
  Pass(19s);
  EXPECT_EQ(link_.reports.size(), 1U);
  Pass(2s);
  ASSERT_EQ(link_.reports.size(), 2U);
  EXPECT_EQ(link_.reports[1].screen_state(), v1::ScreenState::LOCKED);
}

TEST_F(DeskReports, ABoardReportsNothingOfItsScreen) {
  desk_->Greet();
  Receive(Synced({}));
  v1::GetSettingsResponse settings = FourWest();
  settings.mutable_endpoint()->set_class_(v1::EndpointClass::BOARD);
  Step([&] { desk_->SettingsCame(settings); });
  Step([&] { desk_->ScreenChanged(ScreenState::kLocked); });
  Pass(10s);
  EXPECT_TRUE(link_.reports.empty());
}

TEST_F(DeskTest, BeforeItStopsItSaysGoodbyeWithWhatIsLeftToReport) {
  MeetOutage();
  Step([&] { desk_->Displayed(alert_id_, 1); });
  ASSERT_TRUE(link_.reports.empty()) << "receipts wait for company";
  Step([&] { desk_->Close(); });
  ASSERT_EQ(link_.goodbyes.size(), 1U);
  EXPECT_THAT(
      Kinds(link_.goodbyes[0]),
      ::testing::UnorderedElementsAre(v1::Receipt::Kind::DELIVERED, v1::Receipt::Kind::DISPLAYED));
  // Confirmed, so that the next start does not send it again.
  Start();
  Receive(Synced({Outage(5)}));
  Pass(1s);
  EXPECT_TRUE(link_.reports.empty());
}

TEST_F(DeskTest, AGoodbyeThatNobodyTakesLosesNothing) {
  MeetOutage();
  link_.takes_goodbye = false;
  Step([&] { desk_->Close(); });
  Start();
  Receive(Synced({Outage(5)}));
  Pass(1s);
  ASSERT_EQ(link_.reports.size(), 1U);
  EXPECT_THAT(Kinds(link_.reports[0]), ::testing::ElementsAre(v1::Receipt::Kind::DELIVERED));
}

TEST_F(DeskTest, WithoutABrokerThereIsNobodyToSayGoodbyeTo) {
  Step([&] { desk_->Close(); });
  EXPECT_TRUE(link_.goodbyes.empty());
}

}  // namespace
}  // namespace wardcast::agent
