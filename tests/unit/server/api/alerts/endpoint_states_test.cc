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

}  // namespace
}  // namespace wardcast
