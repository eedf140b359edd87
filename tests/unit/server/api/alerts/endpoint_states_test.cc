#include "server/api/figures/endpoint_states.h"

#include <gtest/gtest.h>

#include "tests/unit/server/api/alerts/alert_scene.h"

namespace wardcast {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr TimePoint kNow = testing::kMorning;

PresenceRow RowOf(const std::string& broker, TimePoint gone, bool goodbye = false) {
  PresenceRow row;
  row.endpoint_id = "4w-pc-01";
  row.broker_id = broker;
  row.connected_at = kNow - hours(48);
  row.gone_at = gone;
  row.goodbye = goodbye;
  row.sessions = gone == TimePoint{} ? 1 : 0;
  row.broker_seen_at = kNow;
  return row;
}

EndpointState StateOfRows(const std::vector<PresenceRow>& rows) {
  return StateOf(rows, "broker-1", kNow);
}

TEST(EndpointStatesTest, WhoSaidGoodbyeOrWasSilentForADayIsOff) {
  EXPECT_EQ(StateOfRows({}), EndpointState::kOff);
  EXPECT_EQ(StateOfRows({RowOf("broker-2", kNow - minutes(1), true)}), EndpointState::kOff);
  EXPECT_EQ(StateOfRows({RowOf("broker-2", kNow - hours(25))}), EndpointState::kOff);
  EXPECT_EQ(StateOfRows({RowOf("broker-2", kNow - hours(23))}), EndpointState::kLost);
}

TEST(EndpointStatesTest, TheNewestRowCounts) {
  EXPECT_EQ(
      StateOfRows({RowOf("broker-2", kNow - hours(3), true), RowOf("broker-3", kNow - hours(2))}),
      EndpointState::kLost);
  EXPECT_EQ(
      StateOfRows({RowOf("broker-2", kNow - hours(1), true), RowOf("broker-3", kNow - hours(2))}),
      EndpointState::kOff);
}

TEST(EndpointStatesTest, WhoIsConnectedToABrokerThatLivesIsConnected) {
  EXPECT_EQ(StateOfRows({RowOf("broker-2", TimePoint{}), RowOf("broker-3", kNow, true)}),
            EndpointState::kConnected);
  PresenceRow silent = RowOf("broker-2", TimePoint{});
  silent.broker_seen_at = kNow - kBrokerDead - seconds(1);
  EXPECT_EQ(StateOfRows({silent}), EndpointState::kLost) << "its broker fell silent";
  silent.broker_id = "broker-1";
  EXPECT_EQ(StateOfRows({silent}), EndpointState::kConnected) << "this broker knows that it lives";
}

PresenceRow Saying(v1::ScreenState::Value state, const std::string& broker = "broker-2") {
  PresenceRow row = RowOf(broker, TimePoint{});
  row.screen_state = state;
  return row;
}

TEST(EndpointStatesTest, WhoSaysThatNobodySeesItsScreenIsLocked) {
  EXPECT_EQ(StateOfRows({Saying(v1::ScreenState::LOCKED)}), EndpointState::kLocked);
  EXPECT_EQ(StateOfRows({Saying(v1::ScreenState::NOBODY)}), EndpointState::kLocked);
  EXPECT_EQ(StateOfRows({Saying(v1::ScreenState::UNLOCKED)}), EndpointState::kConnected);
}

TEST(EndpointStatesTest, WhatItSaidOverAConnectionThatIsGoneDoesNotCount) {
  PresenceRow gone = Saying(v1::ScreenState::LOCKED);
  gone.gone_at = kNow - minutes(5);
  gone.sessions = 0;
  EXPECT_EQ(StateOfRows({gone}), EndpointState::kLost);
  EXPECT_EQ(StateOfRows({gone, Saying(v1::ScreenState::UNLOCKED, "broker-3")}),
            EndpointState::kConnected);
  // Back at another broker, before the first has noticed that it went.
  PresenceRow newer = Saying(v1::ScreenState::LOCKED, "broker-3");
  newer.connected_at = kNow - minutes(1);
  EXPECT_EQ(StateOfRows({Saying(v1::ScreenState::UNLOCKED), newer}), EndpointState::kLocked);
}

}  // namespace
}  // namespace wardcast
