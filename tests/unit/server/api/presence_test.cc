#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "server/api/presence/endpoint_handler.h"
#include "server/api/presence/presence_reader.h"
#include "server/api/presence/presence_recorder.h"
#include "tests/fixtures/ward_pc.h"
#include "tests/unit/server/api/api_scene.h"

namespace wardcast {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::WardPc;

const TimePoint kNoon = testing::kMorning + hours(6);

PresenceRow Row(const std::string& broker, TimePoint connected, int sessions = 1) {
  PresenceRow row;
  row.endpoint_id = "4w-pc-01";
  row.broker_id = broker;
  row.connected_at = connected;
  row.sessions = sessions;
  row.agent_version = "of " + broker;
  row.broker_seen_at = kNoon - seconds(5);
  return row;
}

v1::EndpointPresence Merge(const std::vector<PresenceRow>& rows, const std::string& own_broker) {
  return MergePresence(rows, own_broker, seconds(60), kNoon);
}

TEST(MergePresence, AConnectedEndpointWasSeenWhenItsBrokerWas) {
  const auto there = Merge({Row("b", kNoon - hours(1))}, "a");
  EXPECT_TRUE(there.connected());
  EXPECT_EQ(FromTimestamp(there.last_seen()), kNoon - seconds(5));
  EXPECT_EQ(there.broker(), "b");
  EXPECT_FALSE(there.duplicate());
  const auto here = Merge({Row("a", kNoon - hours(1))}, "a");
  EXPECT_EQ(FromTimestamp(here.last_seen()), kNoon);
}

TEST(MergePresence, TheConnectionsOfADeadBrokerAreDead) {
  PresenceRow row = Row("b", kNoon - hours(1));
  row.broker_seen_at = kNoon - seconds(46);
  const auto presence = Merge({row}, "a");
  EXPECT_FALSE(presence.connected());
  EXPECT_EQ(FromTimestamp(presence.last_seen()), kNoon - seconds(46));
}

TEST(MergePresence, WhoWentToAnotherBrokerIsThere) {
  PresenceRow gone = Row("a", kNoon - hours(2));
  gone.gone_at = kNoon - minutes(5);
  gone.sessions = 0;
  const auto presence = Merge({gone, Row("b", kNoon - minutes(5))}, "c");
  EXPECT_TRUE(presence.connected());
  EXPECT_EQ(presence.broker(), "b");
  EXPECT_EQ(presence.agent_version(), "of b");
  EXPECT_EQ(presence.sessions(), 1);
}

TEST(MergePresence, TwoSessionsThatLastAreTwoMachines) {
  EXPECT_TRUE(Merge({Row("b", kNoon - minutes(2), 2)}, "a").duplicate());
  EXPECT_FALSE(Merge({Row("b", kNoon - seconds(30), 2)}, "a").duplicate())
      << "one machine that came back before its old connection was given up";
  EXPECT_TRUE(Merge({Row("b", kNoon - minutes(2)), Row("c", kNoon - minutes(3))}, "a").duplicate());
  EXPECT_FALSE(
      Merge({Row("b", kNoon - seconds(20)), Row("c", kNoon - minutes(3))}, "a").duplicate());
}

class PresenceTest : public testing::ApiScene {
 protected:
  std::unique_ptr<PresenceRecorder> Record() {
    return std::make_unique<PresenceRecorder>(
        PresenceRecorderConfig{.broker_id = "broker-1", .write_every = milliseconds(2)}, *store_,
        hub_, clock_);
  }
  // Waits until the store says so of the endpoint.
  template <class Condition>
  bool Eventually(const std::string& id, Condition condition) {
    const auto until = std::chrono::steady_clock::now() + seconds(20);
    while (std::chrono::steady_clock::now() < until) {
      const std::vector<PresenceRow> rows = store_->LoadPresence().value();
      for (const PresenceRow& row : rows) {
        if (row.endpoint_id == id && condition(row)) return true;
      }
      std::this_thread::sleep_for(milliseconds(2));
    }
    return false;
  }
  v1::EndpointPresence Presence(const std::string& id) {
    const v1::ListEndpointsResponse response = handler_.ListEndpoints({}, {}).value();
    for (const auto& one : response.endpoints()) {
      if (one.endpoint().id() == id) return one;
    }
    return {};
  }
  // "id STATE"
  std::vector<std::string> Unreached(const v1::Alert& alert) {
    v1::ListUnreachedRequest request;
    request.set_alert_id(alert.id());
    const auto response = handler_.ListUnreached(CallOf(Somebody("reader")), request);
    EXPECT_TRUE(response) << response.error().message;
    std::vector<std::string> lines;
    for (const auto& one : response->endpoints()) {
      lines.push_back(one.endpoint().id() + " " + v1::Unreached::Value_Name(one.state()));
    }
    return lines;
  }
  void Report(const v1::Alert& alert, const std::string& id, v1::Receipt::Kind::Value kind) {
    JournalBatch batch{.receipts = {}, .answers = {}, .now = clock_.Now(), .broker_id = "broker-1"};
    batch.receipts.push_back({.alert_id = alert.id(),
                              .round = alert.round(),
                              .endpoint_id = id,
                              .ward_id = "4w",
                              .kind = kind,
                              .endpoint_time = clock_.Now()});
    ASSERT_TRUE(store_->Record(batch));
  }

  PresenceReader reader_{*store_, hub_, "broker-1", clock_};
  EndpointHandler handler_{*store_, hub_, expected_, reader_, clock_};
};

TEST_F(PresenceTest, WhoIsConnectedIsWrittenAndWhoWentStaysKnown) {
  auto recorder = Record();
  WardPc pc("4w-pc-01");
  ASSERT_TRUE(pc.Connect(hub_));
  ASSERT_TRUE(Eventually("4w-pc-01", [](const PresenceRow& row) { return row.sessions == 1; }));
  EXPECT_TRUE(Presence("4w-pc-01").connected());
  EXPECT_FALSE(Presence("4w-pc-02").connected());
  EXPECT_FALSE(Presence("4w-pc-02").has_last_seen());
  clock_.Advance(minutes(7));
  const TimePoint went = clock_.Now();
  pc.Disconnect();
  ASSERT_TRUE(Eventually("4w-pc-01", [](const PresenceRow& row) { return row.sessions == 0; }));
  clock_.Advance(minutes(7));
  EXPECT_FALSE(Presence("4w-pc-01").connected());
  EXPECT_EQ(FromTimestamp(Presence("4w-pc-01").last_seen()), went);
}

TEST_F(PresenceTest, OneThatTheDirectoryDoesNotKnowIsListed) {
  auto recorder = Record();
  WardPc stranger("new-pc");
  ASSERT_TRUE(stranger.Connect(hub_));
  ASSERT_TRUE(Eventually("new-pc", [](const PresenceRow& row) { return row.sessions == 1; }));
  EXPECT_EQ(Presence("new-pc").endpoint().id(), "new-pc");
  EXPECT_TRUE(Presence("new-pc").connected());
}

TEST_F(PresenceTest, TheLastWordIsWrittenWhenTheBrokerStops) {
  auto recorder = Record();
  {
    WardPc pc("4w-pc-01");
    ASSERT_TRUE(pc.Connect(hub_));
    ASSERT_TRUE(Eventually("4w-pc-01", [](const PresenceRow& row) { return row.sessions == 1; }));
  }
  recorder->Stop();
  EXPECT_EQ(store_->LoadPresence().value().front().sessions, 0);
}

TEST_F(PresenceTest, WhatABrokersLastLifeLeftConnectedIsGone) {
  PresenceBatch before{.broker_id = "broker-1", .started = true, .rows = {}, .now = clock_.Now()};
  before.rows.push_back(Row("broker-1", clock_.Now()));
  ASSERT_TRUE(store_->PutPresence(before));
  const TimePoint died = clock_.Now();
  clock_.Advance(hours(1));
  auto recorder = Record();
  ASSERT_TRUE(Eventually("4w-pc-01", [](const PresenceRow& row) { return row.sessions == 0; }));
  EXPECT_EQ(FromTimestamp(Presence("4w-pc-01").last_seen()), died);
}

TEST_F(PresenceTest, WhoWasNotReachedIsOnAListWithTheReasonAndLostOnesFirst) {
  PresenceBatch batch{.broker_id = "broker-2", .started = false, .rows = {}, .now = clock_.Now()};
  PresenceRow off = Row("broker-2", clock_.Now() - hours(40));
  off.endpoint_id = "4w-pc-02";
  off.sessions = 0;
  off.gone_at = clock_.Now() - hours(30);
  PresenceRow lost = off;
  lost.endpoint_id = "4w-pc-03";
  lost.gone_at = clock_.Now() - hours(2);
  batch.rows = {off, lost};
  ASSERT_TRUE(store_->PutPresence(batch));

  const v1::Alert alert = Publish({"4w", "icu"});
  WardPc locked("4w-pc-01");
  WardPc under_way("icu-pc-01");
  ASSERT_TRUE(locked.Connect(hub_));
  ASSERT_TRUE(under_way.Connect(hub_));
  Report(alert, "4w-pc-01", v1::Receipt::Kind::DELIVERED);
  EXPECT_THAT(Unreached(alert), ElementsAre("4w-pc-03 LOST", "4w-pc-01 LOCKED", "icu-pc-01 PENDING",
                                            "4w-pc-02 OFF", "icu-pc-02 OFF"))
      << "a wall display is never expected";
  Report(alert, "4w-pc-01", v1::Receipt::Kind::DISPLAYED);
  Report(alert, "icu-pc-01", v1::Receipt::Kind::SEEN);
  EXPECT_THAT(Unreached(alert), ElementsAre("4w-pc-03 LOST", "4w-pc-02 OFF", "icu-pc-02 OFF"));
  EXPECT_EQ(Progress(alert).endpoints(), 5);
}

TEST_F(PresenceTest, WhyItWasNotShownIsAsThePcSaysOfItsScreen) {
  auto recorder = Record();
  const v1::Alert alert = Publish({"4w"});
  WardPc locked("4w-pc-01");
  WardPc painting("4w-pc-02");
  WardPc silent("4w-pc-03");
  for (WardPc* pc : {&locked, &painting, &silent}) ASSERT_TRUE(pc->Connect(hub_));
  hub_.HearScreen("4w-pc-01", v1::ScreenState::LOCKED);
  hub_.HearScreen("4w-pc-02", v1::ScreenState::UNLOCKED);
  EXPECT_THAT(Unreached(alert),
              ElementsAre("4w-pc-01 PENDING", "4w-pc-02 PENDING", "4w-pc-03 PENDING"))
      << "nobody has it yet";
  for (const WardPc* pc : {&locked, &painting, &silent})
    Report(alert, pc->id(), v1::Receipt::Kind::DELIVERED);
  EXPECT_THAT(Unreached(alert),
              ElementsAre("4w-pc-01 LOCKED", "4w-pc-03 LOCKED", "4w-pc-02 PENDING"));
  // Somebody signs in, and it is shown.
  hub_.HearScreen("4w-pc-01", v1::ScreenState::UNLOCKED);
  EXPECT_THAT(Unreached(alert),
              ElementsAre("4w-pc-03 LOCKED", "4w-pc-01 PENDING", "4w-pc-02 PENDING"));
  Report(alert, "4w-pc-01", v1::Receipt::Kind::DISPLAYED);
  EXPECT_THAT(Unreached(alert), ElementsAre("4w-pc-03 LOCKED", "4w-pc-02 PENDING"));
}

TEST_F(PresenceTest, WhatAPcSaysOfItsScreenIsWrittenDown) {
  auto recorder = Record();
  WardPc pc("4w-pc-01");
  ASSERT_TRUE(pc.Connect(hub_));
  for (const auto state : {v1::ScreenState::LOCKED, v1::ScreenState::UNLOCKED}) {
    hub_.HearScreen("4w-pc-01", state);
    EXPECT_TRUE(
        Eventually("4w-pc-01", [&](const PresenceRow& row) { return row.screen_state == state; }));
  }
}

TEST_F(PresenceTest, WhoSaidGoodbyeIsOffAndNotLost) {
  auto recorder = Record();
  const v1::Alert alert = Publish({"4w"});
  {
    WardPc one("4w-pc-01");
    WardPc two("4w-pc-02");
    ASSERT_TRUE(one.Connect(hub_));
    ASSERT_TRUE(two.Connect(hub_));
    hub_.HearGoodbye("4w-pc-01");
  }
  ASSERT_TRUE(Eventually("4w-pc-01", [](const PresenceRow& row) { return row.sessions == 0; }));
  ASSERT_TRUE(Eventually("4w-pc-02", [](const PresenceRow& row) { return row.sessions == 0; }));
  EXPECT_TRUE(Presence("4w-pc-01").said_goodbye());
  EXPECT_FALSE(Presence("4w-pc-02").said_goodbye());
  EXPECT_THAT(Unreached(alert), ElementsAre("4w-pc-02 LOST", "4w-pc-01 OFF", "4w-pc-03 OFF"));

  WardPc back("4w-pc-01");
  ASSERT_TRUE(back.Connect(hub_));
  EXPECT_FALSE(Presence("4w-pc-01").said_goodbye());
}

TEST_F(PresenceTest, OneThatWasTakenOutMeanwhileWasExpectedAllTheSame) {
  const v1::Alert alert = Publish({"4w"});
  clock_.Advance(minutes(1));
  DirectoryContent without = testing::SmallHospital();
  std::erase_if(without.endpoints, [](const v1::Endpoint& one) { return one.id() == "4w-pc-01"; });
  Import(without);
  EXPECT_THAT(Unreached(alert), ElementsAre("4w-pc-01 OFF", "4w-pc-02 OFF", "4w-pc-03 OFF"));
  EXPECT_EQ(Progress(alert).by_ward(0).expected(), 3);
}

TEST_F(PresenceTest, AnAlertThatIsNotThereIsAnError) {
  v1::ListUnreachedRequest request;
  request.set_alert_id("01JNEVER000000000000000000");
  EXPECT_EQ(handler_.ListUnreached(CallOf(Somebody("reader")), request).error().code,
            Code::kNotFound);
}

}  // namespace
}  // namespace wardcast
