// Incidents of endpoints that are not as they should be: cloned disks, wrong clocks, wrong reports.
#include <string>

#include "base/proto_time.h"
#include "tests/scenario/delivery/incident.h"

namespace wardcast::testing {
namespace {

using std::chrono::hours;
using std::chrono::seconds;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using Kind = v1::Receipt::Kind;

using OddEndpoints = DeliveryIncident;

// A technician copied one PC's disk to the PC beside it, with its id and its cache.
TEST_F(OddEndpoints, TwoPcsFromOneDiskAreBothServedAndSeen) {
  Start();
  ReportingPc first("4w-pc-01", house_.clock);
  ReportingPc clone("4w-pc-01", house_.clock);
  ASSERT_TRUE(first.pc.Connect(broker_->hub));
  ASSERT_TRUE(clone.pc.Connect(broker_->hub));
  const v1::Alert alert = broker_->Publish("Lab down", {"4w"});
  ASSERT_TRUE(Gets(first.pc, VersionsOf({alert})));
  ASSERT_TRUE(Gets(clone.pc, VersionsOf({alert}))) << "a clone is a screen that somebody sees";
  first.Receive(alert, Kind::DISPLAYED);
  clone.Receive(alert, Kind::DISPLAYED);
  ASSERT_TRUE(first.Send(*broker_));
  ASSERT_TRUE(clone.Send(*broker_));
  const auto counts = house_.store->LoadCounts(alert.id(), 1).value();
  ASSERT_EQ(counts.size(), 1U);
  EXPECT_EQ(counts[0].displayed, 1) << "in the report they are one endpoint";

  // A second session for a moment is an old connection that is not known to be dead yet; for two
  // minutes it is another machine, and the administrator is told.
  EXPECT_THAT(broker_->hub.Duplicates(), IsEmpty());
  house_.clock.Advance(seconds(120));
  EXPECT_TRUE(Becomes([&] {
    first.pc.TakeAll();
    clone.pc.TakeAll();
    return broker_->hub.Duplicates() == std::vector<std::string>{"4w-pc-01"};
  }));
  clone.pc.Disconnect();
  EXPECT_TRUE(Becomes([&] { return broker_->hub.Duplicates().empty(); }));
  EXPECT_TRUE(first.pc.connected());
}

// The battery of one PC's clock is empty, another one is set to the wrong century.
TEST_F(OddEndpoints, ClocksThatAreWrongByHoursAndYears) {
  Start();
  const v1::Alert alert = broker_->Publish("Lab down", {"4w"});
  ReportingPc behind("4w-pc-01", house_.clock);
  ReportingPc ahead("4w-pc-02", house_.clock);
  behind.skew = -hours(24 * 365 * 20);
  ahead.skew = hours(9);
  for (ReportingPc* pc : {&behind, &ahead}) {
    ASSERT_TRUE(pc->pc.Connect(broker_->hub));
    ASSERT_TRUE(Becomes([&] {
      const auto message = pc->pc.Take();
      return message && message->server_time == house_.clock.Now();
    })) << "the broker's time comes with every message";
    ASSERT_TRUE(Gets(pc->pc, VersionsOf({alert})));
    pc->Receive(alert, Kind::SEEN);
    pc->Press(alert, "4w", v1::Response::NOT_AFFECTED);
    const auto sent = pc->Send(*broker_);
    ASSERT_TRUE(sent) << sent.error().message;
    EXPECT_THAT(pc->refused, IsEmpty());
    EXPECT_FALSE(pc->waits());
  }
  const auto answers = house_.store->LoadAnswers(alert.id()).value();
  ASSERT_EQ(answers.size(), 2U);
  for (const v1::WardAnswer& answer : answers)
    EXPECT_EQ(FromTimestamp(answer.at()), house_.clock.Now()) << "reports count by our clock";
}

// A time that no calendar has, from a damaged cache or from somebody who tries things.
TEST_F(OddEndpoints, ATimeThatDoesNotExistHarmsNobody) {
  Start();
  const v1::Alert alert = broker_->Publish("Lab down", {"4w"});
  ASSERT_TRUE(Applies(alert));
  for (const std::int64_t time :
       {std::numeric_limits<std::int64_t>::max(), std::numeric_limits<std::int64_t>::min()}) {
    v1::ReportRequest request;
    request.set_endpoint_id("4w-pc-01");
    v1::Receipt& receipt = *request.add_receipts();
    receipt.set_id("01JNR000000000000000000000");
    receipt.set_alert_id(alert.id());
    receipt.set_log_id(alert.log_id());
    receipt.set_round(1);
    receipt.set_kind(Kind::DISPLAYED);
    receipt.mutable_at()->set_seconds(time);
    ASSERT_TRUE(broker_->Call<v1::ReportResponse>("EndpointService/Report", request));
  }
  EXPECT_EQ(house_.store->LoadCounts(alert.id(), 1).value().at(0).displayed, 1);
}

TEST_F(OddEndpoints, AReportOfAnAlertThatNeverWas) {
  Start();
  v1::Alert ghost = MakeAlert("01JNGHOST00000000000000000", 7, {"4w"});
  ghost.set_log_id(house_.store->identity().log_id);
  ReportingPc pc("4w-pc-01", house_.clock);
  pc.Receive(ghost, Kind::SEEN);
  const std::string pressed = pc.Press(ghost, "4w");
  const v1::Alert real = broker_->Publish("Lab down", {"4w"});
  ASSERT_TRUE(Applies(real));
  pc.Receive(real, Kind::SEEN);
  const auto answer = pc.Send(*broker_);
  ASSERT_TRUE(answer) << answer.error().message;
  EXPECT_EQ(answer->recorded_ids_size(), 1) << "the rest of the call is recorded";
  EXPECT_EQ(answer->refused_size(), 2);
  EXPECT_THAT(answer->refused(0).reason(), HasSubstr(ghost.id()));
  EXPECT_THAT(house_.store->LoadAnswers(ghost.id()).value(), IsEmpty());
}

TEST_F(OddEndpoints, AHundredThousandReceiptsInOneCall) {
  Start();
  const v1::Alert alert = broker_->Publish("Lab down", {"4w"});
  ReportingPc pc("4w-pc-01", house_.clock);
  for (int i = 0; i < 100'000; ++i) pc.Receive(alert, Kind::DELIVERED);
  const auto refused = pc.Send(*broker_);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Code::kInvalidArgument);
  EXPECT_THAT(refused.error().message, HasSubstr("1,000"));
  // Others are served as before.
  ReportingPc other("4w-pc-02", house_.clock);
  other.Receive(alert, Kind::DELIVERED);
  EXPECT_TRUE(other.Send(*broker_));
}

}  // namespace
}  // namespace wardcast::testing
