// Who is connected, told to whoever writes it down; and endpoint ids that two machines use.
#include "server/feed/presence.h"

#include "tests/unit/server/feed/feed_scene.h"

namespace wardcast {
namespace {

using namespace testing;  // NOLINT(google-build-using-namespace): the fixtures
using std::chrono::milliseconds;
using std::chrono::seconds;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class Presence : public FeedScene {
 protected:
  std::shared_ptr<Session> Open(const std::string& id, const std::string& host = "") {
    v1::SubscribeRequest request;
    request.mutable_endpoint()->set_id(id);
    request.mutable_endpoint()->set_host(host);
    return *hub_.Open(request, [] {});
  }
};

TEST_F(Presence, ComingAndGoingIsToldOncePerEndpoint) {
  EXPECT_THAT(hub_.TakePresenceChanges(), IsEmpty());
  auto session = Open("4w-pc-01", "4W-PC-01");
  const std::vector<PresenceChange> came = hub_.TakePresenceChanges();
  ASSERT_EQ(came.size(), 1U);
  EXPECT_EQ(came[0].endpoint_id, "4w-pc-01");
  EXPECT_EQ(came[0].sessions, 1);
  EXPECT_EQ(came[0].connected_at, kMorning);
  ASSERT_TRUE(came[0].info);
  EXPECT_EQ(came[0].info->host(), "4W-PC-01");
  EXPECT_FALSE(came[0].clock_skew);
  EXPECT_THAT(hub_.TakePresenceChanges(), IsEmpty());

  Wait(seconds(5));
  session->Close();
  session = Open("4w-pc-01");
  session->Close();
  const std::vector<PresenceChange> went = hub_.TakePresenceChanges();
  ASSERT_EQ(went.size(), 1U) << "what happened in between is one change";
  EXPECT_EQ(went[0].sessions, 0);
  EXPECT_EQ(went[0].changed_at, kMorning + seconds(5));
  EXPECT_FALSE(went[0].info);
}

TEST_F(Presence, WatchersAreNoEndpoints) {
  WardPc watcher("console", true);
  Settle(watcher, hub_);
  EXPECT_THAT(hub_.TakePresenceChanges(), IsEmpty());
  EXPECT_EQ(hub_.Counts().watchers, 1U);
}

TEST_F(Presence, TellsHowWrongTheEndpointsClockIs) {
  v1::SubscribeRequest request;
  request.mutable_endpoint()->set_id("4w-pc-01");
  request.mutable_endpoint()->mutable_clock()->set_seconds(
      kMorning.time_since_epoch() / seconds(1) - 7'200);
  const auto session = hub_.Open(request, [] {});
  ASSERT_TRUE(session);
  EXPECT_EQ(hub_.TakePresenceChanges()[0].clock_skew, -std::chrono::hours(2));
  // Nonsense is not a skew, and overflows nothing.
  request.mutable_endpoint()->set_id("4w-pc-02");
  request.mutable_endpoint()->mutable_clock()->set_seconds(INT64_MAX);
  const auto other = hub_.Open(request, [] {});
  ASSERT_TRUE(other);
  EXPECT_FALSE(hub_.TakePresenceChanges()[0].clock_skew);
}

TEST_F(Presence, WhatEndpointsSayOfThemselvesIsCutAndCleaned) {
  v1::EndpointInfo info;
  info.set_id("pc");
  info.set_host(std::string("a\0b\nc", 5));
  info.set_os(std::string(199, 'x') + "ü");  // the cut would fall into the letter
  info.set_screens(1'000'000);
  const v1::EndpointInfo clean = CleanInfo(info);
  EXPECT_EQ(clean.host(), "a b c");
  EXPECT_EQ(clean.os(), std::string(199, 'x'));
  EXPECT_EQ(clean.screens(), 64);
}

TEST_F(Presence, ClonedPcsAreServedAndNamed) {
  auto one = Open("4w-pc-01");
  auto two = Open("4w-pc-01");
  Publish("A", {"4w"});
  EXPECT_THAT(SentIds(*one->Take()), ElementsAre("A"));
  EXPECT_THAT(SentIds(*two->Take()), ElementsAre("A"));
  Wait(seconds(59));
  EXPECT_THAT(hub_.Duplicates(), IsEmpty()) << "one of them may be dead and not noticed yet";
  hub_.TakePresenceChanges();
  Wait(seconds(1));
  EXPECT_THAT(hub_.Duplicates(), ElementsAre("4w-pc-01"));
  const std::vector<PresenceChange> found = hub_.TakePresenceChanges();
  ASSERT_EQ(found.size(), 1U);
  EXPECT_TRUE(found[0].duplicate);
  EXPECT_EQ(found[0].sessions, 2);

  two->Close();
  Wait(milliseconds(500));
  EXPECT_THAT(hub_.Duplicates(), IsEmpty());
  EXPECT_FALSE(hub_.TakePresenceChanges()[0].duplicate);
}

TEST_F(Presence, WhoSaysGoodbyeAndGoesIsOff) {
  auto one = Open("4w-pc-01");
  hub_.HearGoodbye("4w-pc-01");
  EXPECT_FALSE(hub_.TakePresenceChanges()[0].goodbye) << "it is still here";
  one->Close();
  const std::vector<PresenceChange> gone = hub_.TakePresenceChanges();
  ASSERT_EQ(gone.size(), 1U);
  EXPECT_EQ(gone[0].sessions, 0);
  EXPECT_TRUE(gone[0].goodbye);

  // Back, and this time without a word.
  auto two = Open("4w-pc-01");
  two->Close();
  EXPECT_FALSE(hub_.TakePresenceChanges()[0].goodbye);
}

TEST_F(Presence, AGoodbyeThatIsNotFollowedByTheEndIsForgotten) {
  auto stays = Open("4w-pc-01");
  hub_.HearGoodbye("4w-pc-01");
  Wait(seconds(31));
  stays->Close();
  EXPECT_FALSE(hub_.TakePresenceChanges()[0].goodbye);

  auto stopped = Open("4w-pc-01");
  hub_.HearGoodbye("4w-pc-01");
  auto again = Open("4w-pc-01");  // its service was restarted
  stopped->Close();
  again->Close();
  EXPECT_FALSE(hub_.TakePresenceChanges()[0].goodbye);

  hub_.HearGoodbye("4w-pc-02");  // not here
  auto first = Open("4w-pc-02");
  first->Close();
  for (const PresenceChange& change : hub_.TakePresenceChanges()) EXPECT_FALSE(change.goodbye);
}

TEST_F(Presence, ACloneThatStaysIsThereWhateverTheOtherMachineSaid) {
  auto one = Open("4w-pc-01");
  auto two = Open("4w-pc-01");
  hub_.HearGoodbye("4w-pc-01");
  two->Close();
  const PresenceChange change = hub_.TakePresenceChanges()[0];
  EXPECT_EQ(change.sessions, 1);
  EXPECT_FALSE(change.goodbye);
}

TEST_F(Presence, AnEndpointSaysWhenItComesWhetherItsScreenIsLocked) {
  v1::SubscribeRequest request;
  request.mutable_endpoint()->set_id("4w-pc-01");
  request.mutable_endpoint()->set_screen_state(v1::ScreenState::LOCKED);
  const auto locked = hub_.Open(request, [] {});
  EXPECT_EQ(hub_.TakePresenceChanges()[0].screen_state, v1::ScreenState::LOCKED);
  EXPECT_EQ(hub_.ScreenOf("4w-pc-01"), v1::ScreenState::LOCKED);

  const auto silent = Open("4w-pc-02");
  EXPECT_EQ(hub_.TakePresenceChanges()[0].screen_state, v1::ScreenState::UNSPECIFIED);
  EXPECT_EQ(hub_.ScreenOf("4w-pc-03"), v1::ScreenState::UNSPECIFIED) << "it is not here";
}

TEST_F(Presence, AChangeOfTheScreenIsTold) {
  auto session = Open("4w-pc-01");
  hub_.TakePresenceChanges();
  Wait(seconds(90));
  hub_.HearScreen("4w-pc-01", v1::ScreenState::LOCKED);
  const std::vector<PresenceChange> changes = hub_.TakePresenceChanges();
  ASSERT_EQ(changes.size(), 1U);
  EXPECT_EQ(changes[0].screen_state, v1::ScreenState::LOCKED);
  EXPECT_EQ(changes[0].sessions, 1);
  EXPECT_EQ(changes[0].connected_at, kMorning);
  hub_.HearScreen("4w-pc-01", v1::ScreenState::LOCKED);
  EXPECT_THAT(hub_.TakePresenceChanges(), IsEmpty()) << "nothing new";
  hub_.HearScreen("4w-pc-01", v1::ScreenState::UNLOCKED);
  EXPECT_EQ(hub_.TakePresenceChanges()[0].screen_state, v1::ScreenState::UNLOCKED);

  session->Close();
  EXPECT_EQ(hub_.TakePresenceChanges()[0].screen_state, v1::ScreenState::UNSPECIFIED);
  EXPECT_EQ(hub_.ScreenOf("4w-pc-01"), v1::ScreenState::UNSPECIFIED);
  hub_.HearScreen("4w-pc-01", v1::ScreenState::LOCKED);
  EXPECT_THAT(hub_.TakePresenceChanges(), IsEmpty()) << "it has no session here";
}

TEST_F(Presence, OfTwoSessionsTheNewerOnesScreenCounts) {
  auto dead = Open("4w-pc-01");  // not noticed yet
  Wait(seconds(20));
  auto lives = Open("4w-pc-01");
  hub_.TakePresenceChanges();
  hub_.HearScreen("4w-pc-01", v1::ScreenState::LOCKED);
  const PresenceChange change = hub_.TakePresenceChanges()[0];
  EXPECT_EQ(change.screen_state, v1::ScreenState::LOCKED);
  EXPECT_EQ(change.changed_at, kMorning + seconds(20)) << "nobody came or went since";
  dead->Close();
  EXPECT_EQ(hub_.TakePresenceChanges()[0].screen_state, v1::ScreenState::LOCKED);
}

TEST_F(Presence, AStateOfTheScreenThatThisBrokerDoesNotKnowIsNotSaid) {
  v1::EndpointInfo info;
  info.set_screen_state(static_cast<v1::ScreenState::Value>(77));
  EXPECT_EQ(CleanInfo(info).screen_state(), v1::ScreenState::UNSPECIFIED);
  auto session = Open("4w-pc-01");
  hub_.HearScreen("4w-pc-01", v1::ScreenState::LOCKED);
  hub_.HearScreen("4w-pc-01", static_cast<v1::ScreenState::Value>(77));
  EXPECT_EQ(hub_.ScreenOf("4w-pc-01"), v1::ScreenState::UNSPECIFIED);
}

TEST_F(Presence, AWatcherHasNoScreen) {
  v1::SubscribeRequest request;
  request.mutable_endpoint()->set_id("console");
  request.mutable_endpoint()->set_watcher(true);
  request.mutable_endpoint()->set_screen_state(v1::ScreenState::LOCKED);
  const auto session = hub_.Open(request, [] {});
  hub_.HearScreen("console", v1::ScreenState::LOCKED);
  EXPECT_EQ(hub_.ScreenOf("console"), v1::ScreenState::UNSPECIFIED);
  EXPECT_THAT(hub_.TakePresenceChanges(), IsEmpty());
}

TEST_F(Presence, AMachineThatReconnectsIsNoDuplicate) {
  auto session = Open("4w-pc-01");
  for (int i = 0; i < 10; ++i) {
    auto next = Open("4w-pc-01");  // before the old one was noticed to be dead
    Wait(seconds(45));
    session->Close();
    session = std::move(next);
    Wait(seconds(10));
    EXPECT_THAT(hub_.Duplicates(), IsEmpty());
  }
}

}  // namespace
}  // namespace wardcast
