// Incidents of endpoints that know another past than the broker they reach.
#include <optional>
#include <vector>

#include "tests/scenario/delivery/incident.h"

namespace wardcast::testing {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

using OtherHistory = DeliveryIncident;

// Two brokers on one store; the second hears nothing of what the first does.
TEST_F(OtherHistory, AnEndpointIsAheadOfItsBroker) {
  Start();
  auto deaf_bus = std::make_unique<LossyBus>();
  BrokerPart west(house_, std::move(deaf_bus));
  WardPc pc("4w-pc-01");
  ASSERT_TRUE(pc.Connect(broker_->hub));
  const v1::Alert over = broker_->Publish("PACS down", {"4w"});
  const v1::Alert lab = broker_->Publish("Lab down", {"4w"});
  ASSERT_TRUE(Gets(pc, VersionsOf({over, lab})));
  const v1::Alert end = broker_->End(over.id());
  ASSERT_TRUE(Gets(pc, VersionsOf({lab})));
  ASSERT_LT(west.hub.applied(), end.version());

  // 14:07 its broker is taken away; the other one knows of neither notice.
  pc.Disconnect();
  const auto refused = pc.Connect(west.hub);
  ASSERT_FALSE(refused) << "answered from older state: both notices would have vanished";
  EXPECT_EQ(refused.error().code, Code::kUnavailable);
  EXPECT_EQ(pc.open(), VersionsOf({lab})) << "a refusal takes nothing away";

  // Being asked, that broker reads the store; the next attempt finds everything as it was.
  ASSERT_TRUE(Becomes([&] { return pc.connected() || pc.Connect(west.hub).has_value(); }));
  const auto first = pc.Take();
  ASSERT_TRUE(first);
  EXPECT_TRUE(first->synced);
  EXPECT_THAT(SentIds(*first), IsEmpty());
  EXPECT_THAT(RemovedIds(*first), IsEmpty());
  EXPECT_EQ(pc.open(), VersionsOf({lab}));
}

// A cart comes from the other hospital of the group, which has a broker and a log of its own.
TEST_F(OtherHistory, AnEndpointComesFromAnotherLog) {
  Start();
  House other;
  BrokerPart there(other, MakeInProcessBus());
  ReportingPc cart("4w-pc-01", house_.clock);
  ASSERT_TRUE(cart.pc.Connect(there.hub));
  std::vector<v1::Alert> theirs;
  for (const char* headline : {"Their lab is down", "Their PACS is down", "Their phones are down"})
    theirs.push_back(there.Publish(headline, {"4w"}));
  ASSERT_TRUE(Gets(cart.pc, VersionsOf(theirs)));
  const std::string pressed = cart.Press(theirs[0], "4w");
  cart.pc.Disconnect();

  // Here the numbers are lower, and its notices are unknown: it is served, and they stay.
  const v1::Alert ours = broker_->Publish("Our lab is down", {"4w"});
  ASSERT_LT(ours.version(), theirs[2].version());
  ASSERT_TRUE(Applies(ours));
  ASSERT_TRUE(cart.pc.Connect(broker_->hub));
  const auto first = cart.pc.Take();
  EXPECT_THAT(SentIds(*first), ElementsAre(ours.id()));
  EXPECT_THAT(RemovedIds(*first), IsEmpty()) << "a broker removes only alerts of its own log";
  std::vector<v1::Alert> both = theirs;
  both.push_back(ours);
  EXPECT_EQ(cart.pc.open(), VersionsOf(both));

  // What was pressed there is not for this broker, and is kept for the other one.
  const auto answer = cart.Send(*broker_);
  ASSERT_TRUE(answer) << answer.error().message;
  ASSERT_EQ(answer->refused_size(), 1);
  EXPECT_TRUE(answer->refused(0).retry());
  EXPECT_TRUE(cart.waits());

  // Back home nothing is sent again, and the answer arrives.
  cart.pc.Disconnect();
  ASSERT_TRUE(cart.pc.Connect(there.hub));
  const auto home = cart.pc.Take();
  EXPECT_THAT(SentIds(*home), IsEmpty());
  EXPECT_THAT(RemovedIds(*home), IsEmpty());
  ASSERT_TRUE(cart.Send(there));
  EXPECT_EQ(AnswersWith(*other.store, theirs[0].id(), pressed), 1);
  cart.pc.Disconnect();
}

// The database was restored; the endpoint saw a later part of the life that is gone.
TEST_F(OtherHistory, AnEndpointComesFromAnOlderGeneration) {
  Start();
  ReportingPc pc("4w-pc-01", house_.clock);
  ASSERT_TRUE(pc.pc.Connect(broker_->hub));
  const v1::Alert kept = broker_->Publish("Lab down", {"4w"});
  ASSERT_TRUE(Gets(pc.pc, VersionsOf({kept})));
  // What the endpoint knows of the life that the backup does not contain.
  v1::SubscribeRequest before = pc.pc.Request();
  const std::int64_t life = house_.store->identity().generation;
  v1::Known& gone = *before.add_known();
  gone.set_alert_id("01JNGONE000000000000000000");
  gone.set_log_id(kept.log_id());
  gone.set_generation(life);
  gone.set_version(900);
  before.mutable_known(0)->set_version(899);
  before.set_max_seen_sequence(900);
  pc.pc.Disconnect();
  EXPECT_FALSE(broker_->hub.Open(before, [] {})) << "in the same life it is ahead: never answered";

  const auto taken = house_.store->TakeGeneration(
      life, house_.clock.Now() - hours(7 * 24),
      [this](const v1::Alert& alert) { return house_.Seal(alert); }, house_.clock.Now());
  ASSERT_TRUE(taken) << taken.error().message;
  ASSERT_GT(taken->generation, life);
  Restart();
  std::optional<std::shared_ptr<Session>> session;
  ASSERT_TRUE(Becomes([&] {
    auto opened = broker_->hub.Open(before, [] {});
    if (opened) session = *opened;
    return session.has_value();
  })) << "version 900 of an older life says nothing about this one";
  const auto first = (*session)->Take();
  ASSERT_TRUE(first);
  EXPECT_TRUE(first->synced);
  EXPECT_EQ(first->log.generation, taken->generation);
  EXPECT_THAT(SentIds(*first), ElementsAre(kept.id())) << "as it is in this life";
  EXPECT_EQ(first->alerts[0]->alert.generation(), taken->generation);
  EXPECT_THAT(RemovedIds(*first), ElementsAre(gone.alert_id()));
  (*session)->Close();

  // It answers the notice as it is now; the endpoint's next contact brings nothing new.
  ASSERT_TRUE(pc.pc.Connect(broker_->hub));
  pc.pc.TakeAll();
  ASSERT_EQ(pc.pc.open().size(), 1U);
  ASSERT_TRUE(pc.pc.Connect(broker_->hub));
  EXPECT_THAT(SentIds(*pc.pc.Take()), IsEmpty());
  const std::string pressed = pc.Press(kept, "4w");
  const auto reported = pc.Send(*broker_);
  ASSERT_TRUE(reported) << reported.error().message;
  EXPECT_EQ(AnswersWith(*house_.store, kept.id(), pressed), 1);
}

}  // namespace
}  // namespace wardcast::testing
