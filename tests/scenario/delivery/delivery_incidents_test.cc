// Incidents of one broker, each named for what somebody would have reported.
#include <atomic>
#include <thread>

#include "tests/scenario/delivery/incident.h"

namespace wardcast::testing {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::seconds;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST_F(DeliveryIncident, ALiveMessageHidesMissedOnes) {
  Start();
  WardPc pc("4w-pc-01");
  ASSERT_TRUE(pc.Connect(broker_->hub));
  const v1::Alert missed = house_.Publish(nullptr, "Lab down", {"4w"});
  const v1::Alert missed_too = house_.Publish(nullptr, "PACS down", {"4w"});
  const v1::Alert heard = house_.Publish(bus_, "Phones down", {"4w"});
  EXPECT_TRUE(Gets(pc, VersionsOf({missed, missed_too, heard})));
}

TEST_F(DeliveryIncident, EveryWakeUpIsLost) {
  Start(milliseconds(50));
  bus_->deaf = true;
  WardPc pc("4w-pc-01");
  ASSERT_TRUE(pc.Connect(broker_->hub));
  const v1::Alert alert = house_.Publish(bus_, "Lab down", {"4w"});
  EXPECT_TRUE(Gets(pc, VersionsOf({alert})));
}

// Endpoints that connect in the very moment of a publication neither miss it nor get it twice.
TEST_F(DeliveryIncident, AGapBetweenHistoryAndLive) {
  Start();
  std::vector<v1::Alert> alerts;
  std::atomic<bool> done = false;
  std::jthread publisher([&] {
    for (int i = 0; i < 40; ++i)
      alerts.push_back(house_.Publish(bus_, "Alert " + std::to_string(i), {"4w"}));
    done = true;
  });
  std::vector<std::unique_ptr<WardPc>> pcs;
  std::vector<std::map<std::string, int>> sent;
  do {
    pcs.push_back(std::make_unique<WardPc>("4w-pc-01"));
    sent.emplace_back();
    ASSERT_TRUE(pcs.back()->Connect(broker_->hub));
    for (std::size_t i = 0; i < pcs.size(); ++i) {
      while (const auto delivery = pcs[i]->Take()) {
        for (const std::string& id : SentIds(*delivery)) ++sent[i][id];
      }
    }
  } while (!done && pcs.size() < 2'000);
  publisher.join();
  ASSERT_TRUE(Becomes([&] { return broker_->hub.applied() == alerts.back().version(); }));
  for (std::size_t i = 0; i < pcs.size(); ++i) {
    while (const auto delivery = pcs[i]->Take()) {
      for (const std::string& id : SentIds(*delivery)) ++sent[i][id];
    }
    ASSERT_EQ(pcs[i]->open(), VersionsOf(alerts)) << "endpoint " << i;
    for (const auto& [id, times] : sent[i]) ASSERT_EQ(times, 1) << id << " to endpoint " << i;
  }
}

TEST_F(DeliveryIncident, ASlowReaderGetsOneMessageWithTheLatestState) {
  Start();
  WardPc pc("4w-pc-01");
  ASSERT_TRUE(pc.Connect(broker_->hub));
  pc.TakeAll();
  v1::Alert lab = house_.Publish(bus_, "Lab down", {"4w"});
  const v1::Alert over = house_.Publish(bus_, "PACS down", {"4w"});
  for (int i = 0; i < 50; ++i)
    lab = house_.Change(bus_, lab, [](v1::Alert& alert) { alert.set_round(alert.round() + 1); });
  const v1::Alert end = house_.End(bus_, over);
  ASSERT_TRUE(Becomes([&] { return broker_->hub.applied() == end.version(); }));
  const auto message = pc.Take();
  ASSERT_TRUE(message);
  EXPECT_THAT(SentIds(*message), ElementsAre(lab.id())) << "what ended unseen is not shown";
  EXPECT_EQ(message->alerts[0]->alert.version(), lab.version());
  EXPECT_TRUE(house_.key.public_key().VerifyAlert(
      lab.SerializeAsString(), house_.store->LoadAlert(lab.id())->sealed.signature()));
  EXPECT_FALSE(pc.Take());
}

TEST_F(DeliveryIncident, MemoryDoesNotGrowWithHistory) {
  for (int i = 0; i < 60; ++i)
    house_.End(nullptr, house_.Publish(nullptr, "Old " + std::to_string(i), {}));
  house_.clock.Advance(hours(8 * 24));
  const v1::Alert recent = house_.Publish(nullptr, "Yesterday", {});
  house_.End(nullptr, recent);
  house_.clock.Advance(hours(24));
  const v1::Alert open = house_.Publish(nullptr, "Now", {});
  Start();
  const HubCounts held = broker_->hub.Counts();
  EXPECT_EQ(held.open + held.closed, 2U) << "what is open and what ended this week";
  WardPc pc("4w-pc-01");
  ASSERT_TRUE(pc.Connect(broker_->hub));
  EXPECT_THAT(SentIds(*pc.Take()), ElementsAre(open.id()))
      << "the first message does not grow either";
}

TEST_F(DeliveryIncident, APcMovedToAnotherWardWhileOff) {
  Start();
  const v1::Alert here = house_.Publish(bus_, "4 West only", {"4w"});
  const v1::Alert there = house_.Publish(bus_, "ICU only", {"icu"});
  const v1::Alert all = house_.Publish(bus_, "Everybody", {});
  WardPc cart("4w-pc-01");
  ASSERT_TRUE(cart.Connect(broker_->hub));
  ASSERT_TRUE(Gets(cart, VersionsOf({here, all})));
  cart.Disconnect();
  house_.Move(bus_, "4w-pc-01", "icu");
  ASSERT_TRUE(Becomes([&] { return broker_->hub.applied() == 5; }));
  ASSERT_TRUE(cart.Connect(broker_->hub));
  const auto first = cart.Take();
  EXPECT_THAT(SentIds(*first), ElementsAre(there.id()));
  EXPECT_THAT(RemovedIds(*first), ElementsAre(here.id()));
  EXPECT_EQ(cart.open(), VersionsOf({there, all}));
}

TEST_F(DeliveryIncident, APcMovedToAnotherWardWhileOn) {
  Start();
  const v1::Alert here = house_.Publish(bus_, "4 West only", {"4w"});
  const v1::Alert there = house_.Publish(bus_, "ICU only", {"icu"});
  WardPc cart("4w-pc-01");
  ASSERT_TRUE(cart.Connect(broker_->hub));
  ASSERT_TRUE(Gets(cart, VersionsOf({here})));
  house_.Move(bus_, "4w-pc-01", "icu");
  EXPECT_TRUE(Gets(cart, VersionsOf({there})));
}

TEST_F(DeliveryIncident, SomethingThatEndedPopsUpAfterARestart) {
  Start();
  const v1::Alert over = house_.Publish(bus_, "Lab down", {"4w"});
  const v1::Alert open = house_.Publish(bus_, "PACS down", {"4w"});
  WardPc saw("4w-pc-01");
  ASSERT_TRUE(saw.Connect(broker_->hub));
  ASSERT_TRUE(Gets(saw, VersionsOf({over, open})));
  house_.End(nullptr, over);  // the broker dies before it tells
  saw.Disconnect();
  Restart();
  WardPc fresh("4w-pc-02");
  ASSERT_TRUE(saw.Connect(broker_->hub));
  ASSERT_TRUE(fresh.Connect(broker_->hub));
  const auto first = saw.Take();
  EXPECT_THAT(SentIds(*first), ElementsAre(over.id()))
      << "the end, and nothing that it holds already";
  EXPECT_EQ(saw.open(), VersionsOf({open}));
  EXPECT_TRUE(Gets(fresh, VersionsOf({open})));
}

TEST_F(DeliveryIncident, KilledBetweenPublishAndDelivery) {
  Start();
  WardPc pc("4w-pc-01");
  ASSERT_TRUE(pc.Connect(broker_->hub));
  pc.TakeAll();
  const v1::Alert alert = house_.Publish(nullptr, "Lab down", {"4w"});  // committed, never told
  pc.Disconnect();
  Restart();
  ASSERT_TRUE(pc.Connect(broker_->hub));
  EXPECT_THAT(SentIds(*pc.Take()), ElementsAre(alert.id()));
  EXPECT_FALSE(pc.Take());
}

TEST_F(DeliveryIncident, RecalledWhileThePcWasOff) {
  Start();
  const v1::Alert mistake = house_.Publish(bus_, "Everything down", {"4w"});
  WardPc pc("4w-pc-01");
  ASSERT_TRUE(pc.Connect(broker_->hub));
  ASSERT_TRUE(Gets(pc, VersionsOf({mistake})));
  pc.Disconnect();
  const v1::Alert recalled = house_.Change(bus_, mistake, [](v1::Alert& alert) {
    alert.set_state(v1::State::CLOSED);
    alert.set_closing(v1::Closing::RECALLED);
  });
  ASSERT_TRUE(Becomes([&] { return broker_->hub.applied() == recalled.version(); }));
  house_.clock.Advance(hours(5 * 24));
  ASSERT_TRUE(pc.Connect(broker_->hub));
  const auto first = pc.Take();
  ASSERT_EQ(first->alerts.size(), 1U);
  EXPECT_EQ(first->alerts[0]->alert.closing(), v1::Closing::RECALLED);
  EXPECT_THAT(pc.open(), IsEmpty());
}

}  // namespace
}  // namespace wardcast::testing
