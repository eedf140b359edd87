// A session while it is connected: what becomes due, when it is woken, and that it keeps state, not
// messages.
#include "server/feed/session.h"

#include <chrono>
#include <thread>

#include "tests/unit/server/feed/feed_scene.h"

namespace wardcast {
namespace {

using namespace testing;  // NOLINT(google-build-using-namespace): the fixtures
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::seconds;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class Live : public FeedScene {
 protected:
  void SetUp() override {
    for (WardPc* pc : {&four_west_, &icu_, &board_}) Settle(*pc, hub_);
  }
  WardPc four_west_{"4w-pc-01"};
  WardPc icu_{"icu-pc-01"};
  WardPc board_{"4w-board-01"};
};

TEST_F(Live, AnAlertWakesWhomItConcernsAndNobodyElse) {
  Publish("A", {"4w"});
  EXPECT_EQ(four_west_.wakes(), 2);
  EXPECT_EQ(icu_.wakes(), 1);
  EXPECT_THAT(SentIds(*four_west_.Take()), ElementsAre("A"));
  EXPECT_FALSE(icu_.Take());
}

TEST_F(Live, NothingIsToldBeforeAdvance) {
  hub_.SetAlert(Stored(MakeAlert("A", 2, {"4w"})));
  EXPECT_EQ(four_west_.wakes(), 1);
  hub_.Advance(2);
  EXPECT_EQ(four_west_.wakes(), 2);
}

TEST_F(Live, ASlowReaderGetsOneMessageWithTheLatestState) {
  const v1::Alert a = Publish("A", {"4w"});
  const v1::Alert b = Publish("B", {"4w"});
  Apply(a);
  Apply(b);
  const v1::Alert last = Apply(a);
  Publish("C", {"4w"});
  End(b);
  EXPECT_EQ(four_west_.wakes(), 2) << "woken once; who does not take is not called again";
  const auto message = four_west_.Take();
  EXPECT_THAT(SentIds(*message), ElementsAre("A", "C")) << "B began and ended unseen";
  EXPECT_EQ(message->alerts[0]->alert.version(), last.version());
  EXPECT_EQ(message->sequence, sequence_);
  EXPECT_FALSE(four_west_.Take());
}

TEST_F(Live, TwentyAlertsWhileAWriteIsInFlightAreOneMore) {
  Publish("A", {});
  EXPECT_TRUE(four_west_.Take());  // in flight from here
  for (int i = 0; i < 20; ++i) Publish("B" + std::to_string(i), {});
  EXPECT_EQ(four_west_.wakes(), 2);
  EXPECT_EQ(four_west_.Take()->alerts.size(), 20U);
  EXPECT_FALSE(four_west_.Take());
  Publish("C", {});
  EXPECT_EQ(four_west_.wakes(), 3);
}

TEST_F(Live, FramesAreSharedByReference) {
  Publish("A", {});
  EXPECT_EQ(four_west_.Take()->alerts[0].get(), icu_.Take()->alerts[0].get());
}

TEST_F(Live, WhoWasSentAnAlertGetsItsEnd) {
  const v1::Alert alert = Publish("A", {"4w"});
  four_west_.TakeAll();
  End(alert);
  EXPECT_THAT(SentIds(*four_west_.Take()), ElementsAre("A"));
  EXPECT_THAT(four_west_.open(), IsEmpty());
  EXPECT_EQ(four_west_.holdings(), (Holds{{"A", 3}}));
}

TEST_F(Live, AnEndThatIsCorrectedLaterReachesWhoHoldsIt) {
  const v1::Alert alert = Publish("A", {"4w"});
  four_west_.TakeAll();
  const v1::Alert ended = End(alert);
  four_west_.TakeAll();
  Apply(ended);  // its text, for example
  EXPECT_EQ(four_west_.TakeAll(), 1);
  EXPECT_EQ(four_west_.holdings(), (Holds{{"A", 4}}));
  EXPECT_FALSE(icu_.Take());
}

TEST_F(Live, AVersionThatIsNotNewerChangesNothing) {
  const v1::Alert alert = Publish("A", {"4w"});
  four_west_.TakeAll();
  hub_.SetAlert(Stored(alert));
  hub_.Advance(sequence_);
  EXPECT_FALSE(four_west_.Take());
}

TEST_F(Live, AnAudienceThatShrinksRemovesAndOneThatGrowsSends) {
  v1::Alert alert = Publish("A", {"4w"});
  four_west_.TakeAll();
  alert.mutable_audience()->clear_wards();
  alert.mutable_audience()->add_wards("icu");
  Apply(alert);
  const auto gone = four_west_.Take();
  EXPECT_THAT(RemovedIds(*gone), ElementsAre("A"));
  EXPECT_EQ(gone->removed[0].version(), 3);
  EXPECT_THAT(SentIds(*icu_.Take()), ElementsAre("A"));
  End(alert);
  EXPECT_FALSE(four_west_.Take()) << "it holds it no more";
}

TEST_F(Live, OutAndInAgainUnseenIsNothing) {
  Publish("A", {"4w"});
  four_west_.TakeAll();
  Move("4w-pc-01", "icu");
  Move("4w-pc-01", "4w");
  const auto message = four_west_.Take();
  ASSERT_TRUE(message) << "its settings changed";
  EXPECT_THAT(SentIds(*message), IsEmpty());
  EXPECT_THAT(message->removed, IsEmpty());
  EXPECT_EQ(message->settings_version, 4);
}

TEST_F(Live, AMovedPcGetsTheNewWardsAlertsAnswersAndSettings) {
  Publish("A", {"4w"});
  Publish("B", {"icu"});
  Answer("B", "icu");
  four_west_.TakeAll();
  const int wakes = icu_.wakes();
  icu_.TakeAll();
  Move("4w-pc-01", "icu");
  const auto message = four_west_.Take();
  EXPECT_THAT(RemovedIds(*message), ElementsAre("A"));
  EXPECT_THAT(SentIds(*message), ElementsAre("B"));
  EXPECT_EQ(message->answers.size(), 1U);
  EXPECT_EQ(message->settings_version, 4);
  EXPECT_EQ(icu_.wakes(), wakes) << "the others learn the version with their next message";
}

TEST_F(Live, AnEndpointThatIsAddedToTheDirectoryGetsItsWardsAlerts) {
  Publish("A", {"icu"});
  WardPc pc("icu-pc-09");
  Settle(pc, hub_);
  EXPECT_THAT(pc.holdings(), IsEmpty());
  v1::Endpoint& added = content_.endpoints.emplace_back();
  added.set_id("icu-pc-09");
  added.set_ward_id("icu");
  Move("lab-pc-01", "lab");
  EXPECT_THAT(SentIds(*pc.Take()), ElementsAre("A"));
}

TEST_F(Live, TwoSessionsOfOneEndpointAreBothServed) {
  WardPc twin("4w-pc-01");
  Settle(twin, hub_);
  Publish("A", {"4w"});
  EXPECT_EQ(four_west_.TakeAll(), 1);
  EXPECT_EQ(twin.TakeAll(), 1);
  twin.Disconnect();
  EXPECT_TRUE(hub_.IsConnected("4w-pc-01"));
  four_west_.Disconnect();
  EXPECT_FALSE(hub_.IsConnected("4w-pc-01"));
}

TEST_F(Live, AnswersGoToTheirOwnWardAndToWatchers) {
  WardPc watcher("desk", true);
  Settle(watcher, hub_);
  Publish("A", {});
  for (WardPc* pc : {&four_west_, &icu_, &watcher}) pc->TakeAll();
  Answer("A", "4w");
  Answer("A", "icu");
  EXPECT_EQ(four_west_.TakeAll(), 1);
  EXPECT_THAT(four_west_.answers().at("A"), ElementsAre(1));
  icu_.TakeAll();
  EXPECT_THAT(icu_.answers().at("A"), ElementsAre(2));
  watcher.TakeAll();
  EXPECT_THAT(watcher.answers().at("A"), ElementsAre(1, 2));
}

TEST_F(Live, ALateComerGetsTheAnswersThatItLacks) {
  Publish("A", {});
  Answer("A", "4w");
  four_west_.TakeAll();
  four_west_.Disconnect();
  Answer("A", "icu");
  Answer("A", "4w");
  ASSERT_TRUE(four_west_.Connect(hub_));
  const auto message = four_west_.Take();
  ASSERT_EQ(message->answers.size(), 1U) << "only the new one";
  EXPECT_EQ(message->answers[0]->answer.answer_version(), 3);
}

TEST_F(Live, APcFromAnotherWardGetsOlderAnswersOfItsNewOne) {
  Publish("A", {});
  Answer("A", "icu");
  Answer("A", "4w");
  four_west_.TakeAll();  // holds answer 2
  four_west_.Disconnect();
  Move("4w-pc-01", "icu");
  ASSERT_TRUE(four_west_.Connect(hub_));
  const auto message = four_west_.Take();
  ASSERT_EQ(message->answers.size(), 1U);
  EXPECT_EQ(message->answers[0]->answer.answer_version(), 1);
}

TEST_F(Live, BoardsGetAnswersWithoutNotesAndNames) {
  Publish("A", {});
  board_.TakeAll();
  Answer("A", "4w");
  const auto message = board_.Take();
  ASSERT_EQ(message->answers.size(), 1U);
  EXPECT_EQ(message->answers[0]->answer.note(), "");
  EXPECT_FALSE(message->answers[0]->answer.has_person());
  const auto with_names = four_west_.Take();
  EXPECT_EQ(with_names->answers[0]->answer.note(), "on paper since two");
}

TEST_F(Live, AnAnswerThatIsReadTwiceIsSentOnce) {
  Publish("A", {});
  Answer("A", "4w");
  four_west_.TakeAll();
  hub_.AddAnswers({MakeAnswer("A", "4w", 1)});
  EXPECT_FALSE(four_west_.Take());
}

TEST_F(Live, AHeartbeatIsDueAfterTwentyQuietSeconds) {
  Wait(seconds(19));
  EXPECT_FALSE(four_west_.Take());
  Wait(seconds(1));
  const auto beat = four_west_.Take();
  ASSERT_TRUE(beat);
  EXPECT_EQ(beat->server_time, clock_.Now());
  EXPECT_FALSE(beat->synced);
  EXPECT_THAT(beat->log.log_id, IsEmpty());
  EXPECT_FALSE(four_west_.Take());
}

TEST_F(Live, AnyMessagePutsTheHeartbeatOff) {
  Wait(seconds(15));
  Publish("A", {"4w"});
  four_west_.TakeAll();
  Wait(seconds(10));
  EXPECT_FALSE(four_west_.Take());
  EXPECT_TRUE(icu_.Take());
  Wait(seconds(10));
  EXPECT_TRUE(four_west_.Take());
}

TEST_F(Live, HeartbeatsGoOnWhenTheClockIsPutBack) {
  Wait(-hours(3));
  Wait(seconds(20));
  EXPECT_TRUE(four_west_.Take());
}

TEST_F(Live, ASessionThatTakesNothingIsRemindedButCollectsNoHeartbeats) {
  for (int i = 0; i < 100; ++i) Wait(seconds(20));
  EXPECT_EQ(four_west_.wakes(), 2 + 49) << "every 30 s at the next tick, here after 40 s";
  EXPECT_TRUE(four_west_.Take());
  EXPECT_FALSE(four_west_.Take());
}

TEST_F(Live, WhatEndedAWeekAgoIsForgottenWithoutAMessage) {
  const v1::Alert alert = Publish("A", {"4w"});
  four_west_.TakeAll();
  End(alert);
  WardPc slow("4w-pc-02");
  Settle(slow, hub_);
  four_west_.TakeAll();
  Wait(hours(7 * 24));
  EXPECT_NE(hub_.FindCurrent("A"), nullptr);
  Wait(milliseconds(1));
  EXPECT_EQ(hub_.FindCurrent("A"), nullptr);
  while (const auto message = four_west_.Take()) EXPECT_THAT(message->removed, IsEmpty());
}

TEST_F(Live, DrainingSendsWhatIsDueAndALastWord) {
  Publish("A", {"4w"});
  hub_.Release(hub_.BeginDrain(seconds(3)));
  const auto last = four_west_.Take();
  EXPECT_THAT(SentIds(*last), ElementsAre("A"));
  EXPECT_EQ(last->retry_after, seconds(3));
  EXPECT_FALSE(four_west_.Take());
  Publish("B", {"4w"});
  EXPECT_FALSE(four_west_.Take()) << "that was the last message";
  EXPECT_EQ(icu_.wakes(), 2);
  WardPc late("4w-pc-02");
  EXPECT_EQ(late.Connect(hub_).error().code, Code::kUnavailable);
}

TEST_F(Live, AfterCloseNothingComesAndClosingTwiceIsHarmless) {
  v1::SubscribeRequest request;
  request.mutable_endpoint()->set_id("4w-pc-02");
  int wakes = 0;
  const auto session = hub_.Open(request, [&] { ++wakes; });
  (*session)->Take();
  (*session)->Take();
  (*session)->Close();
  (*session)->Close();
  Publish("A", {"4w"});
  EXPECT_EQ(wakes, 1);
  EXPECT_FALSE((*session)->Take());
  EXPECT_EQ(hub_.session_count(), 3U);
}

TEST_F(Live, WakeMayTake) {
  v1::SubscribeRequest request;
  request.mutable_endpoint()->set_id("4w-pc-02");
  std::shared_ptr<Session> session;
  int messages = 0;
  const auto take_all = [&] {
    while (session && session->Take()) ++messages;
  };
  session = *hub_.Open(request, take_all);
  take_all();
  Publish("A", {"4w"});
  EXPECT_EQ(messages, 2);
  session->Close();
}

TEST_F(Live, MemoryDoesNotGrowWithHistory) {
  // A week of alerts that begin and end; nothing of them stays.
  for (int i = 0; i < 500; ++i) {
    const v1::Alert alert = Publish("A" + std::to_string(i), {});
    four_west_.TakeAll();
    End(alert);
  }
  EXPECT_EQ(hub_.Counts().closed, 500U);
  Wait(hours(7 * 24 + 1));
  EXPECT_EQ(hub_.Counts().closed, 0U);
  icu_.TakeAll();
  Publish("Z", {});
  EXPECT_THAT(SentIds(*icu_.Take()), ElementsAre("Z"));
}

TEST_F(Live, ProgressIsToldToWhoWatches) {
  Publish("A", {"4w"});
  int changed = 0;
  Subscription subscription = hub_.WatchProgress("A", [&] { ++changed; });
  hub_.ProgressChanged({"A", "B"});
  EXPECT_EQ(changed, 1);
  Answer("A", "4w");
  EXPECT_EQ(changed, 2);
  four_west_.Disconnect();
  icu_.Disconnect();
  EXPECT_EQ(changed, 2) << "presence is told with the next tick";
  Wait(milliseconds(500));
  EXPECT_EQ(changed, 3);
  subscription.Cancel();
  hub_.ProgressChanged({"A"});
  EXPECT_EQ(changed, 3);
}

TEST_F(Live, ReadersSeeWhatIsOpenNewestFirst) {
  Publish("01A", {"4w"});
  Publish("01C", {"4w"});
  End(Publish("01B", {"4w"}));
  std::vector<std::string> ids;
  for (const AlertFramePtr& frame : hub_.OpenAlerts()) ids.push_back(frame->alert.id());
  EXPECT_THAT(ids, ElementsAre("01C", "01A"));
  EXPECT_EQ(hub_.FindCurrent("01B")->alert.state(), v1::State::CLOSED);
  EXPECT_EQ(hub_.FindCurrent("01X"), nullptr);
  EXPECT_EQ(hub_.applied(), sequence_);
}

TEST_F(Live, AReplacedHistoryReachesWhoIsConnected) {
  Publish("A", {"4w"});
  Publish("B", {"4w"});
  four_west_.TakeAll();
  v1::Alert a = MakeAlert("A", 2, {"4w"});
  a.set_generation(2);
  hub_.Replace({.log = {.log_id = kLog, .generation = 2},
                .directory = MakeDirectory(content_, 1),
                .directory_sequence = 1,
                .alerts = {Stored(a)},
                .answers = {},
                .applied = 2});
  const auto message = four_west_.Take();
  EXPECT_THAT(SentIds(*message), ElementsAre("A"));
  EXPECT_THAT(RemovedIds(*message), ElementsAre("B"));
  EXPECT_EQ(message->sequence, 2);
  EXPECT_EQ(message->log.generation, 2);
}

}  // namespace
}  // namespace wardcast
