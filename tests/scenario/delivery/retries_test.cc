// Incidents of callers that time out and try again.
#include <vector>

#include "base/ulid.h"
#include "tests/scenario/delivery/incident.h"

namespace wardcast::testing {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using Kind = v1::Receipt::Kind;

class Retries : public DeliveryIncident {
 protected:
  // Sums of all wards in the alert's first round.
  WardCount Counted(const v1::Alert& alert) {
    WardCount sum;
    const auto counts = house_.store->LoadCounts(alert.id(), 1).value();
    for (const WardCount& ward : counts) {
      sum.delivered += ward.delivered;
      sum.displayed += ward.displayed;
      sum.seen += ward.seen;
    }
    return sum;
  }
  std::size_t OpenAlerts() {
    return broker_->Call<v1::ListAlertsResponse>("AlertService/ListAlerts", v1::ListAlertsRequest())
        ->alerts()
        .size();
  }
};

// 14:07 the broker commits a report, the network swallows its answer, and the PC tries again, and
// again after the broker was restarted.
TEST_F(Retries, ADuplicateAfterASlowReceiversTimeOutAndRetry) {
  Start();
  const v1::Alert alert = broker_->Publish("Lab down", {"4w"});
  ReportingPc pc("4w-pc-01", house_.clock);
  ASSERT_TRUE(pc.pc.Connect(broker_->hub));
  ASSERT_TRUE(Gets(pc.pc, VersionsOf({alert})));
  pc.Receive(alert, Kind::DELIVERED);
  pc.Receive(alert, Kind::DISPLAYED);
  const std::string pressed = pc.Press(alert, "4w");
  for (int i = 0; i < 3; ++i) ASSERT_FALSE(pc.Send(*broker_, ReportingPc::Answer::kIsLost));
  pc.pc.Disconnect();
  Restart();
  ASSERT_TRUE(pc.Send(*broker_));
  EXPECT_FALSE(pc.waits());
  EXPECT_EQ(AnswersWith(*house_.store, alert.id(), pressed), 1);
  EXPECT_EQ(Counted(alert).delivered, 1);
  EXPECT_EQ(Counted(alert).displayed, 1);
  // The endpoint is told its ward's answer once.
  ASSERT_TRUE(pc.pc.Connect(broker_->hub));
  pc.pc.TakeAll();
  pc.pc.Disconnect();
  ASSERT_TRUE(pc.pc.Connect(broker_->hub));
  pc.pc.TakeAll();
  EXPECT_EQ(pc.pc.answers().at(alert.id()).size(), 1U);
}

// A PC's disk was wiped after the broker had recorded its report; what it sends again has new ids.
TEST_F(Retries, AWipedCacheReportsAgainWithNewIds) {
  Start();
  const v1::Alert alert = broker_->Publish("Lab down", {"4w"});
  ASSERT_TRUE(Applies(alert));
  ReportingPc pc("4w-pc-01", house_.clock);
  pc.Receive(alert, Kind::DELIVERED);
  pc.Receive(alert, Kind::DISPLAYED);
  pc.Receive(alert, Kind::SEEN);
  const std::string pressed = pc.Press(alert, "4w");
  ASSERT_FALSE(pc.Send(*broker_, ReportingPc::Answer::kIsLost));
  pc.RenameAll();
  const auto again = pc.Send(*broker_);
  ASSERT_TRUE(again) << again.error().message;
  EXPECT_FALSE(pc.waits()) << "recorded already counts as recorded";
  EXPECT_EQ(Counted(alert).delivered, 1);
  EXPECT_EQ(Counted(alert).seen, 1);
  EXPECT_EQ(AnswersWith(*house_.store, alert.id(), pressed), 1);
}

// 14:07 a script publishes and waits in vain for the answer; it tries again with the same id.
TEST_F(Retries, APublisherTimesOutAndPublishesAgain) {
  Start();
  WardPc pc("4w-pc-01");
  ASSERT_TRUE(pc.Connect(broker_->hub));
  v1::PublishAlertRequest request = BrokerPart::Outage("Lab down", {"4w"});
  request.set_request_id(NewUlid(house_.clock.Now()));
  const v1::Alert first = broker_->Publish(request);
  ASSERT_TRUE(Gets(pc, VersionsOf({first})));
  pc.Disconnect();
  Restart();
  ASSERT_TRUE(pc.Connect(broker_->hub));
  pc.TakeAll();
  house_.clock.Advance(minutes(3));
  const v1::Alert again = broker_->Publish(request);
  EXPECT_EQ(again.id(), first.id());
  EXPECT_EQ(again.version(), first.version());
  EXPECT_EQ(OpenAlerts(), 1U);
  EXPECT_EQ(pc.open(), VersionsOf({first}));
  while (const auto message = pc.Take())  // a heartbeat, since time has passed
    EXPECT_THAT(SentIds(*message), IsEmpty()) << "nothing happened";
  // The same id with other words is a mistake of the script, and is said.
  request.mutable_alert()->set_headline("PACS down");
  const auto refused =
      broker_->Call<v1::PublishAlertResponse>("AlertService/PublishAlert", request);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Code::kAlreadyExists);
}

// Monitoring says "down", then "up"; a copy of "down" that was stuck in a queue arrives last.
TEST_F(Retries, AReFireAfterResolved) {
  Start();
  WardPc pc("4w-pc-01");
  WardPc off("4w-pc-02");
  ASSERT_TRUE(pc.Connect(broker_->hub));
  v1::PublishAlertRequest down = BrokerPart::Outage("Lab results not reaching the EHR", {"4w"});
  down.set_source_key("nagios/lab-results");
  down.set_request_id(NewUlid(house_.clock.Now()));
  const v1::Alert alert = broker_->Publish(down);
  ASSERT_TRUE(Gets(pc, VersionsOf({alert})));
  // Down is said again every minute, with ids of its own: it stays one alert, and is told once.
  v1::PublishAlertRequest still = down;
  for (int i = 0; i < 5; ++i) {
    house_.clock.Advance(minutes(1));
    still.set_request_id(NewUlid(house_.clock.Now()));
    EXPECT_EQ(broker_->Publish(still).id(), alert.id());
  }
  EXPECT_EQ(OpenAlerts(), 1U);
  v1::EndAlertRequest up;
  up.set_source_key("nagios/lab-results");
  up.set_all_clear(true);
  ASSERT_TRUE(broker_->Call<v1::EndAlertResponse>("AlertService/EndAlert", up));
  ASSERT_TRUE(Gets(pc, {}));

  // The late copies, also one after a restart: answered with what they did at that time, and no
  // ward is called.
  EXPECT_EQ(broker_->Publish(down).id(), alert.id());
  EXPECT_EQ(broker_->Publish(still).id(), alert.id());
  pc.Disconnect();
  Restart();
  EXPECT_EQ(broker_->Publish(down).id(), alert.id());
  EXPECT_EQ(OpenAlerts(), 0U);
  ASSERT_TRUE(pc.Connect(broker_->hub));
  ASSERT_TRUE(off.Connect(broker_->hub));
  pc.TakeAll();
  off.TakeAll();
  EXPECT_THAT(pc.open(), IsEmpty());
  EXPECT_THAT(off.open(), IsEmpty());

  // Down again in earnest is a new alert.
  house_.clock.Advance(hours(1));
  v1::PublishAlertRequest anew = down;
  anew.set_request_id(NewUlid(house_.clock.Now()));
  const v1::Alert second = broker_->Publish(anew);
  EXPECT_NE(second.id(), alert.id());
  EXPECT_TRUE(Gets(pc, VersionsOf({second})));
}

}  // namespace
}  // namespace wardcast::testing
