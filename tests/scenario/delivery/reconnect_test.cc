// Incidents of endpoints that come back, are slow, or take nothing at all.
#include <algorithm>
#include <chrono>
#include <map>
#include <memory>
#include <vector>

#include "tests/scenario/delivery/incident.h"

namespace wardcast::testing {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;
using Steady = std::chrono::steady_clock;

using Reconnect = DeliveryIncident;

// A PC was off for a night in which 60 notices came and went; then its network cable is loose.
TEST_F(Reconnect, ReplaySpamAfterReconnect) {
  Start();
  WardPc pc("4w-pc-01");
  ASSERT_TRUE(pc.Connect(broker_->hub));
  const v1::Alert changed = broker_->Publish("Lab down", {"4w"});
  const v1::Alert over = broker_->Publish("PACS down", {"4w"});
  ASSERT_TRUE(Gets(pc, VersionsOf({changed, over})));
  pc.Disconnect();

  broker_->End(over.id());
  v1::UpdateAlertRequest update;
  update.set_alert_id(changed.id());
  v1::Alert now;
  for (int i = 0; i < 20; ++i) {
    update.mutable_alert()->set_headline("Lab down, attempt " + std::to_string(i));
    now = broker_->Update(update);
  }
  for (int i = 0; i < 58; ++i) {
    house_.clock.Advance(minutes(5));
    broker_->End(broker_->Publish("Short trouble " + std::to_string(i), {"4w"}).id());
  }
  const v1::Alert fresh = broker_->Publish("Phones down", {"4w"});
  ASSERT_TRUE(Applies(fresh));

  // One message: the newest version of each, the end of what it knew, nothing of what came and
  // went.
  ASSERT_TRUE(pc.Connect(broker_->hub));
  const auto first = pc.Take();
  ASSERT_TRUE(first);
  EXPECT_TRUE(first->synced);
  EXPECT_THAT(SentIds(*first), UnorderedElementsAre(changed.id(), over.id(), fresh.id()));
  EXPECT_EQ(pc.open(), VersionsOf({now, fresh}));
  EXPECT_FALSE(pc.Take()) << "one message says it all";

  // 50 contacts within a minute: nothing is ever sent again.
  for (int i = 0; i < 50; ++i) {
    pc.Disconnect();
    ASSERT_TRUE(pc.Connect(broker_->hub));
    const auto again = pc.Take();
    ASSERT_TRUE(again && again->synced);
    ASSERT_THAT(SentIds(*again), IsEmpty()) << "contact " << i;
    ASSERT_THAT(RemovedIds(*again), IsEmpty()) << "contact " << i;
  }
  EXPECT_EQ(pc.open(), VersionsOf({now, fresh}));
}

// One PC takes nothing (its screen saver has frozen it), another one's transport takes a message
// and hangs with it. Everybody else is served at once, and publishing is as fast as before.
TEST_F(Reconnect, ASlowReaderBlocksWriters) {
  Start();
  WardPc frozen("4w-pc-01");
  WardPc stuck("4w-pc-02");
  WardPc quick("4w-pc-03");
  for (WardPc* pc : {&frozen, &stuck, &quick}) ASSERT_TRUE(pc->Connect(broker_->hub));
  stuck.TakeAll();
  quick.TakeAll();
  constexpr int kAlerts = 40;
  std::vector<v1::Alert> open;
  std::vector<milliseconds> latencies;
  for (int i = 0; i < kAlerts; ++i) {
    const auto begin = Steady::now();
    open.push_back(broker_->Publish("Alert " + std::to_string(i), {"4w"}));
    if (i == 10) stuck.Take();  // and never asks again
    ASSERT_TRUE(Gets(quick, VersionsOf(open))) << "alert " << i;
    latencies.push_back(std::chrono::duration_cast<milliseconds>(Steady::now() - begin));
  }
  std::ranges::sort(latencies);
  EXPECT_LT(latencies[kAlerts / 2], seconds(1)) << "the slowest took " << latencies.back().count();
  EXPECT_LE(frozen.wakes(), 1) << "who has not taken is not told again";

  // What waits for the frozen one is state, not a queue: one message.
  const auto all = frozen.Take();
  ASSERT_TRUE(all);
  EXPECT_EQ(all->alerts.size(), std::size_t{kAlerts});
  EXPECT_FALSE(frozen.Take());
  stuck.TakeAll();
  EXPECT_EQ(frozen.open(), VersionsOf(open));
  EXPECT_EQ(stuck.open(), VersionsOf(open));
}

// The message left the broker, the connection broke under it: the broker believes that it was
// sent, the endpoint never saw it, or saw it and could not say so.
TEST_F(Reconnect, TheConnectionBreaksUnderAMessage) {
  Start();
  WardPc lost("4w-pc-01");
  WardPc had("4w-pc-02");
  ASSERT_TRUE(lost.Connect(broker_->hub));
  ASSERT_TRUE(had.Connect(broker_->hub));
  lost.TakeAll();
  had.TakeAll();
  const v1::SubscribeRequest as_before = lost.Request();
  const v1::Alert alert = broker_->Publish("Lab down", {"4w"});
  ASSERT_TRUE(Gets(had, VersionsOf({alert})));
  ASSERT_TRUE(Gets(lost, VersionsOf({alert})));  // taken by its transport …
  had.Disconnect();
  lost.Disconnect();

  // … but it never arrived: the endpoint says what it really holds, and gets it.
  const auto session = broker_->hub.Open(as_before, [] {});
  ASSERT_TRUE(session);
  EXPECT_THAT(SentIds(*(*session)->Take()), ElementsAre(alert.id()));
  EXPECT_FALSE((*session)->Take());
  (*session)->Close();
  // The other one has it on its disk: not again.
  ASSERT_TRUE(had.Connect(broker_->hub));
  EXPECT_THAT(SentIds(*had.Take()), IsEmpty());
}

}  // namespace
}  // namespace wardcast::testing
