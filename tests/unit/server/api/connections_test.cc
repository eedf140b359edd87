#include "server/api/figures/connections.h"

#include <gtest/gtest.h>

#include "server/api/figures/reach.h"
#include "tests/fixtures/ward_pc.h"
#include "tests/unit/server/api/api_scene.h"

namespace wardcast {
namespace {

using std::chrono::seconds;

class ConnectionsTest : public testing::ApiScene {
 protected:
  // Broker 2 writes that these are connected to it, now.
  void WriteOfBroker2(const std::vector<std::string>& ids) {
    PresenceBatch batch{.broker_id = "broker-2", .rows = {}, .now = clock_.Now()};
    for (const std::string& id : ids) {
      PresenceRow row;
      row.endpoint_id = id;
      row.connected_at = clock_.Now();
      row.sessions = 1;
      batch.rows.push_back(row);
    }
    ASSERT_TRUE(store_->PutPresence(batch));
  }
  int ConnectedOf4w() { return Progress(alert_).by_ward(0).connected(); }

  v1::Alert alert_ = Publish({"4w"});
};

// Named bug: on a broker of two, the reach and the wards' figures counted only its own connections.
TEST_F(ConnectionsTest, WhoIsConnectedToAnotherBrokerIsConnected) {
  testing::WardPc here("4w-pc-01");
  ASSERT_TRUE(here.Connect(hub_));
  EXPECT_EQ(ConnectedOf4w(), 1);
  WriteOfBroker2({"4w-pc-02", "icu-pc-01"});
  EXPECT_EQ(ConnectedOf4w(), 2);
  EndpointStates states({.broker_id = "broker-1"}, *store_, hub_, clock_);
  ReachReader reach(*store_, hub_, connections_, states, clock_);
  const DirectoryPtr directory = hub_.directory();
  const auto read = reach.Read(Resolve(alert_.audience(), {}, *directory), {}, *directory);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->connected(), 2);
}

TEST_F(ConnectionsTest, WhoIsConnectedToBothCountsOnce) {
  testing::WardPc here("4w-pc-01");
  ASSERT_TRUE(here.Connect(hub_));
  WriteOfBroker2({"4w-pc-01"});
  EXPECT_EQ(ConnectedOf4w(), 1);
}

TEST_F(ConnectionsTest, TheConnectionsOfABrokerThatFellSilentDoNotCount) {
  WriteOfBroker2({"4w-pc-02"});
  EXPECT_EQ(ConnectedOf4w(), 1);
  clock_.Advance(kBrokerDead + seconds(1));
  EXPECT_EQ(ConnectedOf4w(), 0);
}

}  // namespace
}  // namespace wardcast
