#include "agent/core/reports/outbox.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/proto_time.h"

namespace wardcast::agent {
namespace {

using namespace std::chrono_literals;
using ::testing::IsEmpty;
using ::testing::SizeIs;

OutboxItem Receipt(const std::string& id, const std::string& alert, int round,
                   v1::Receipt::Kind::Value kind = v1::Receipt::Kind::DELIVERED) {
  v1::Receipt receipt;
  receipt.set_id(id);
  receipt.set_alert_id(alert);
  receipt.set_round(round);
  receipt.set_kind(kind);
  OutboxItem item;
  item.report = receipt;
  return item;
}

OutboxItem Pressed(const std::string& id, const std::string& alert) {
  v1::Acknowledgement pressed;
  pressed.set_id(id);
  pressed.set_alert_id(alert);
  OutboxItem item;
  item.report = pressed;
  return item;
}

v1::ReportResponse Recorded(const std::string& id) {
  v1::ReportResponse response;
  response.add_recorded_ids(id);
  return response;
}

v1::ReportResponse Refused(const std::string& id, bool retry) {
  v1::ReportResponse response;
  v1::Refusal* refusal = response.add_refused();
  refusal->set_id(id);
  refusal->set_reason("no");
  refusal->set_retry(retry);
  return response;
}

TEST(Outbox, AReceiptIsKeptOnceForItsAlertRoundAndKind) {
  Outbox outbox;
  EXPECT_TRUE(outbox.Put(Receipt("1", "A", 1)));
  EXPECT_FALSE(outbox.Put(Receipt("2", "A", 1)));
  EXPECT_TRUE(outbox.Put(Receipt("3", "A", 2)));
  EXPECT_TRUE(outbox.Put(Receipt("4", "A", 1, v1::Receipt::Kind::SEEN)));
  EXPECT_THAT(outbox.items(), SizeIs(3));
}

TEST(Outbox, WhatWasPressedGoesBeforeReceiptsAndOneReportIsUnderWayAtATime) {
  Outbox outbox;
  outbox.Put(Receipt("1", "A", 1));
  outbox.Put(Pressed("2", "A"));
  const auto request = outbox.Next(0ms, 1);
  ASSERT_TRUE(request);
  EXPECT_EQ(request->acknowledgements_size(), 1);
  EXPECT_EQ(request->receipts_size(), 0);
  EXPECT_FALSE(outbox.Next(0ms, 1));
  EXPECT_FALSE(outbox.NextAt());
  outbox.Settle(Recorded("2"), "log", 1, {0ms, {}});
  EXPECT_EQ(outbox.Next(0ms, 1)->receipts_size(), 1);
}

TEST(Outbox, AfterAFailureEverythingIsSentAgainNotBeforeItsTime) {
  Outbox outbox;
  outbox.Put(Pressed("1", "A"));
  ASSERT_TRUE(outbox.Next(0ms, 10));
  outbox.Failed(700ms);
  EXPECT_EQ(outbox.NextAt(), 700ms);
  EXPECT_FALSE(outbox.Next(699ms, 10));
  EXPECT_TRUE(outbox.Next(700ms, 10));
}

TEST(Outbox, RefusedForGoodIsKeptForThePersonAndNeverSentAgain) {
  Outbox outbox;
  outbox.Put(Pressed("1", "A"));
  ASSERT_TRUE(outbox.Next(0ms, 10));
  const OutboxChange change = outbox.Settle(Refused("1", false), "log", 1, {0ms, {}});
  ASSERT_THAT(change.put, SizeIs(1));
  EXPECT_EQ(change.put[0].refusal, "no");
  EXPECT_FALSE(outbox.Next(1h, 10));
}

TEST(Outbox, RefusedForNowIsSentAgainAfterAWhile) {
  Outbox outbox;
  outbox.Put(Pressed("1", "A"));
  ASSERT_TRUE(outbox.Next(0ms, 10));
  EXPECT_TRUE(outbox.Settle(Refused("1", true), "log", 1, {5s, {}}).empty());
  EXPECT_FALSE(outbox.Next(34s, 10));
  EXPECT_TRUE(outbox.Next(35s, 10));
}

TEST(Outbox, WhatNoBrokerKnowsForEightDaysIsRefusedForGood) {
  constexpr TimePoint kPressed{1'772'373'600'000ms};
  v1::Acknowledgement pressed;
  pressed.set_id("1");
  pressed.set_alert_id("A");
  *pressed.mutable_pressed_at() = ToTimestamp(kPressed);
  OutboxItem item;
  item.report = pressed;
  Outbox outbox;
  outbox.Put(item);
  ASSERT_TRUE(outbox.Next(0ms, 10));
  EXPECT_TRUE(outbox.Settle(Refused("1", true), "log", 1, {0ms, kPressed + 7 * 24h}).empty());
  ASSERT_TRUE(outbox.Next(30s, 10));
  const OutboxChange change =
      outbox.Settle(Refused("1", true), "log", 1, {30s, kPressed + 8 * 24h});
  ASSERT_THAT(change.put, SizeIs(1));
  EXPECT_EQ(change.put[0].state, OutboxItem::State::kRefused);
  EXPECT_FALSE(outbox.Next(24h, 10));
}

TEST(Outbox, AnAnswerThatNamesNothingDoesNotMakeTheAgentFlood) {
  Outbox outbox;
  outbox.Put(Pressed("1", "A"));
  ASSERT_TRUE(outbox.Next(0ms, 10));
  outbox.Settle({}, "log", 1, {0ms, {}});
  EXPECT_FALSE(outbox.Next(1s, 10));
  ASSERT_TRUE(outbox.Next(30s, 10));
  outbox.Settle({}, "log", 1, {30s, {}});
  EXPECT_FALSE(outbox.Next(31s, 10));
}

TEST(Outbox, ANewGenerationIsToldAgainWhatTheEarlierOneConfirmed) {
  Outbox outbox;
  outbox.Put(Pressed("1", "A"));
  outbox.Next(0ms, 10);
  outbox.Settle(Recorded("1"), "log", 1, {0ms, {}});
  EXPECT_TRUE(outbox.Reopen("log", 1).empty());
  EXPECT_TRUE(outbox.Reopen("other", 9).empty());
  EXPECT_THAT(outbox.Reopen("log", 2).put, SizeIs(1));
  EXPECT_TRUE(outbox.Next(0ms, 10));
}

TEST(Outbox, AClosedAlertKeepsOnlyWhatStillWaits) {
  Outbox outbox;
  outbox.Put(Receipt("1", "A", 1));
  outbox.Next(0ms, 10);
  outbox.Settle(Recorded("1"), "log", 1, {0ms, {}});
  outbox.Put(Pressed("2", "A"));
  EXPECT_THAT(outbox.Forget("A").remove, ::testing::ElementsAre("1"));
  EXPECT_THAT(outbox.items(), SizeIs(1));
  EXPECT_TRUE(outbox.Put(Receipt("3", "A", 1)));
}

TEST(Outbox, AConfirmationOfSomethingElseIsIgnored) {
  Outbox outbox;
  outbox.Put(Pressed("1", "A"));
  EXPECT_THAT(outbox.Settle(Recorded("1"), "log", 1, {0ms, {}}).put, IsEmpty())
      << "it was not sent";
}

}  // namespace
}  // namespace wardcast::agent
