// The first message: exactly the difference between what the endpoint holds and what concerns it.
#include <chrono>

#include "tests/unit/server/feed/feed_scene.h"

namespace wardcast {
namespace {

using namespace testing;  // NOLINT(google-build-using-namespace): the fixtures
using std::chrono::hours;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

class Reconcile : public FeedScene {};

TEST_F(Reconcile, AFreshEndpointGetsWhatIsOpenAndConcernsIt) {
  Publish("A", {"4w"});
  Publish("B", {"icu"});
  Publish("C", {});
  WardPc pc("4w-pc-01");
  ASSERT_TRUE(pc.Connect(hub_));
  const auto first = pc.Take();
  ASSERT_TRUE(first);
  EXPECT_TRUE(first->synced);
  EXPECT_THAT(SentIds(*first), ElementsAre("A", "C"));
  EXPECT_THAT(first->removed, IsEmpty());
  EXPECT_EQ(first->sequence, 4);
  EXPECT_EQ(first->server_time, kMorning);
  EXPECT_EQ(first->settings_version, 1);
  EXPECT_EQ(first->log.log_id, kLog);
  EXPECT_FALSE(pc.Take());
}

TEST_F(Reconcile, TheFirstMessageIsSyncedEvenIfThereIsNothingToSay) {
  WardPc pc("4w-pc-01");
  ASSERT_TRUE(pc.Connect(hub_));
  EXPECT_EQ(pc.wakes(), 1) << "the first message is due at once";
  const auto first = pc.Take();
  ASSERT_TRUE(first);
  EXPECT_TRUE(first->synced);
  EXPECT_FALSE(pc.Take());
}

TEST_F(Reconcile, NothingThatEndedGoesToAFreshEndpoint) {
  End(Publish("A", {"4w"}));
  WardPc pc("4w-pc-01");
  Settle(pc, hub_);
  EXPECT_THAT(pc.holdings(), IsEmpty());
}

TEST_F(Reconcile, WhatIsHeldIsNotSentAgain) {
  Publish("A", {"4w"});
  WardPc pc("4w-pc-01");
  Settle(pc, hub_);
  ASSERT_TRUE(pc.Connect(hub_));
  const auto first = pc.Take();
  EXPECT_TRUE(first->synced);
  EXPECT_THAT(SentIds(*first), IsEmpty());
  EXPECT_THAT(first->removed, IsEmpty());
}

TEST_F(Reconcile, AnOlderVersionIsReplaced) {
  const v1::Alert alert = Publish("A", {"4w"});
  WardPc pc("4w-pc-01");
  Settle(pc, hub_);
  pc.Disconnect();
  Apply(alert);
  Settle(pc, hub_);
  EXPECT_EQ(pc.holdings(), (Holds{{"A", 3}}));
}

TEST_F(Reconcile, WhoHoldsAnAlertThatEndedMeanwhileGetsItsClosingVersion) {
  const v1::Alert alert = Publish("A", {"4w"});
  WardPc pc("4w-pc-01");
  Settle(pc, hub_);
  pc.Disconnect();
  End(alert);
  Wait(hours(6 * 24));
  Settle(pc, hub_);
  EXPECT_EQ(pc.holdings(), (Holds{{"A", 3}}));
  EXPECT_THAT(pc.open(), IsEmpty());
}

TEST_F(Reconcile, WhatEndedMoreThanAWeekAgoIsRemoved) {
  const v1::Alert alert = Publish("A", {"4w"});
  WardPc pc("4w-pc-01");
  Settle(pc, hub_);
  pc.Disconnect();
  End(alert);
  Wait(hours(7 * 24) + std::chrono::seconds(1));
  EXPECT_EQ(hub_.FindCurrent("A"), nullptr);
  ASSERT_TRUE(pc.Connect(hub_));
  EXPECT_THAT(RemovedIds(*pc.Take()), ElementsAre("A"));
}

TEST_F(Reconcile, WhatTheLogDoesNotKnowIsRemovedAndOtherLogsAreLeftAlone) {
  WardPc pc("4w-pc-01");
  v1::SubscribeRequest request = pc.Request();
  v1::Known& mine = *request.add_known();
  mine.set_alert_id("X");
  mine.set_log_id(kLog);
  mine.set_generation(1);
  mine.set_version(1);
  v1::Known& other = *request.add_known();
  other = mine;
  other.set_alert_id("Y");
  other.set_log_id("01JNOTHER");
  other.set_version(1'000'000);
  const auto session = hub_.Open(request, [] {});
  ASSERT_TRUE(session);
  const auto first = (*session)->Take();
  EXPECT_THAT(RemovedIds(*first), ElementsAre("X"));
  EXPECT_EQ(first->removed[0].version(), 1);
  (*session)->Close();
}

TEST_F(Reconcile, APcThatMovedWhileItWasOffGetsTheNewWardsAlertsOnly) {
  Publish("A", {"4w"});
  const v1::Alert ended = Publish("C", {"4w"});
  WardPc pc("4w-pc-01");
  Settle(pc, hub_);
  pc.Disconnect();
  Publish("B", {"icu"});
  Move("4w-pc-01", "icu");
  End(ended);
  ASSERT_TRUE(pc.Connect(hub_));
  const auto first = pc.Take();
  EXPECT_THAT(SentIds(*first), ElementsAre("C", "B")) << "what ended is told to who holds it";
  EXPECT_THAT(RemovedIds(*first), ElementsAre("A"));
  EXPECT_EQ(first->removed[0].version(), 5) << "the directory's entry";
}

TEST_F(Reconcile, ALowerGenerationIsAlwaysOlder) {
  const v1::Alert alert = Publish("A", {"4w"});
  WardPc pc("4w-pc-01");
  v1::SubscribeRequest request = pc.Request();
  v1::Known& known = *request.add_known();
  known.set_alert_id("A");
  known.set_log_id(kLog);
  known.set_generation(0);
  known.set_version(alert.version() + 1'000);
  request.set_max_seen_sequence(5'000);  // of that lower generation
  const auto session = hub_.Open(request, [] {});
  ASSERT_TRUE(session) << session.error().message;
  EXPECT_THAT(SentIds(*(*session)->Take()), ElementsAre("A"));
  (*session)->Close();
}

TEST_F(Reconcile, AnEndpointThatTheDirectoryDoesNotKnowGetsWhatIsForEveryone) {
  Publish("A", {"4w"});
  Publish("B", {});
  v1::Alert but_not = MakeAlert("C", 0, {});
  but_not.mutable_audience()->mutable_exclude()->add_endpoints("new-pc");
  Apply(but_not);
  v1::Alert tagged = MakeAlert("D", 0, {});
  tagged.mutable_audience()->add_tags("roaming");
  Apply(tagged);
  WardPc pc("new-pc");
  Settle(pc, hub_);
  EXPECT_EQ(pc.holdings(), (Holds{{"B", 3}}));
}

TEST_F(Reconcile, WatchersGetEverythingOpenAndAreNoEndpoint) {
  Publish("A", {"4w"});
  Publish("B", {"icu"});
  End(Publish("C", {"icu"}));
  WardPc watcher("4w-pc-01", true);
  Settle(watcher, hub_);
  EXPECT_EQ(watcher.holdings(), (Holds{{"A", 2}, {"B", 3}}));
  EXPECT_FALSE(hub_.IsConnected("4w-pc-01"));
  EXPECT_EQ(hub_.session_count(), 1U);
}

TEST_F(Reconcile, DraftsAndScheduledAlertsGoToNobody) {
  v1::Alert draft = MakeAlert("A", 0, {"4w"});
  draft.set_state(v1::State::PENDING_APPROVAL);
  Apply(draft);
  WardPc pc("4w-pc-01");
  WardPc watcher("desk", true);
  Settle(pc, hub_);
  Settle(watcher, hub_);
  EXPECT_THAT(pc.holdings(), IsEmpty());
  EXPECT_THAT(watcher.holdings(), IsEmpty());
  draft.set_state(v1::State::ACTIVE);
  Apply(draft);
  EXPECT_EQ(pc.TakeAll(), 1);
  EXPECT_EQ(pc.holdings(), (Holds{{"A", 3}}));
}

TEST_F(Reconcile, AnEndpointThatHasSeenMoreIsNotAnsweredFromOlderState) {
  int asked = 0;
  const Subscription subscription = hub_.OnBehind([&] { ++asked; });
  WardPc pc("4w-pc-01");
  v1::SubscribeRequest request = pc.Request();
  request.set_max_seen_sequence(2);
  const auto refused = hub_.Open(request, [] {});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Code::kUnavailable);
  EXPECT_THAT(refused.error().message, HasSubstr("behind"));
  EXPECT_EQ(asked, 1);
  EXPECT_EQ(hub_.session_count(), 0U);
  Publish("A", {"4w"});
  const auto session = hub_.Open(request, [] {});
  ASSERT_TRUE(session);
  (*session)->Close();
}

TEST_F(Reconcile, ASequenceOfAnotherLogIsNoReasonToRefuse) {
  WardPc pc("4w-pc-01");
  v1::SubscribeRequest request = pc.Request();
  request.set_max_seen_sequence(700);
  request.set_max_seen_log_id("01JNOTHER");
  request.set_max_seen_generation(1);
  const auto moved = hub_.Open(request, [] {});
  ASSERT_TRUE(moved);
  (*moved)->Close();
  request.set_max_seen_log_id(kLog);
  EXPECT_FALSE(hub_.Open(request, [] {}));
  request.set_max_seen_generation(0);  // an earlier life of this log
  const auto earlier = hub_.Open(request, [] {});
  ASSERT_TRUE(earlier);
  (*earlier)->Close();
  request.set_max_seen_generation(2);  // a later life
  request.set_max_seen_sequence(1);
  EXPECT_FALSE(hub_.Open(request, [] {}));
}

TEST_F(Reconcile, AnAlertFromTheFutureIsAReasonToRefuse) {
  WardPc pc("4w-pc-01");
  v1::SubscribeRequest request = pc.Request();
  v1::Known& known = *request.add_known();
  known.set_alert_id("A");
  known.set_log_id(kLog);
  known.set_generation(1);
  known.set_version(9);
  EXPECT_EQ(hub_.Open(request, [] {}).error().code, Code::kUnavailable);
  known.set_generation(2);
  known.set_version(1);
  EXPECT_EQ(hub_.Open(request, [] {}).error().code, Code::kUnavailable);
}

TEST_F(Reconcile, BadRequestsAreRefusedWithTheField) {
  for (const char* id : {"", "UPPER", "a b", "über", "../../etc", "a\n"}) {
    v1::SubscribeRequest request;
    request.mutable_endpoint()->set_id(id);
    const auto refused = hub_.Open(request, [] {});
    ASSERT_FALSE(refused) << id;
    EXPECT_EQ(refused.error().code, Code::kInvalidArgument);
    ASSERT_EQ(refused.error().violations.size(), 1U);
    EXPECT_EQ(refused.error().violations[0].field, "endpoint.id");
  }
  v1::SubscribeRequest request;
  request.mutable_endpoint()->set_id(std::string(81, 'a'));
  EXPECT_FALSE(hub_.Open(request, [] {}));
  request.mutable_endpoint()->set_id(std::string(80, 'a'));
  for (int i = 0; i < 1'001; ++i) request.add_known();
  EXPECT_EQ(hub_.Open(request, [] {}).error().violations[0].field, "known");
  EXPECT_EQ(hub_.session_count(), 0U);
}

TEST_F(Reconcile, TheSameAlertNamedTwiceCountsAsTheOlder) {
  const v1::Alert alert = Publish("A", {"4w"});
  Apply(alert);
  v1::SubscribeRequest request;
  request.mutable_endpoint()->set_id("4w-pc-01");
  for (const Sequence version : {3, 2, 3}) {
    v1::Known& known = *request.add_known();
    known.set_alert_id("A");
    known.set_log_id(kLog);
    known.set_generation(1);
    known.set_version(version);
  }
  const auto session = hub_.Open(request, [] {});
  EXPECT_THAT(SentIds(*(*session)->Take()), ElementsAre("A"));
  (*session)->Close();
}

TEST_F(Reconcile, AHubThatHasReadNothingAnswersNobody) {
  Hub empty(HubConfig{}, clock_);
  WardPc pc("4w-pc-01");
  EXPECT_EQ(pc.Connect(empty).error().code, Code::kUnavailable);
}

TEST_F(Reconcile, TooManySessionsAreRefused) {
  Hub small(HubConfig{.max_sessions = 1}, clock_);
  small.Advance(0);
  WardPc one("4w-pc-01");
  WardPc two("4w-pc-02");
  ASSERT_TRUE(one.Connect(small));
  EXPECT_EQ(two.Connect(small).error().code, Code::kResourceExhausted);
  one.Disconnect();
  EXPECT_TRUE(two.Connect(small));
}

}  // namespace
}  // namespace wardcast
