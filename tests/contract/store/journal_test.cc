#include <gmock/gmock.h>

#include <algorithm>
#include <atomic>
#include <random>
#include <thread>

#include "base/proto_time.h"
#include "tests/contract/store/store_contract.h"

namespace wardcast {
namespace {

using Kind = v1::Receipt::Kind;
using Response = v1::Response;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

ReceiptRow Receipt(const std::string& endpoint, Kind::Value kind, const std::string& ward = "4w",
                   int round = 1, const std::string& alert = "A") {
  return {.alert_id = alert,
          .round = round,
          .endpoint_id = endpoint,
          .ward_id = ward,
          .kind = kind,
          .endpoint_time = kStart};
}

AnswerRow Answer(const std::string& id, const std::string& ward, Response::Value response,
                 const std::string& alert = "A") {
  AnswerRow row{.id = id, .endpoint_id = ward + "-pc-01", .answer = {}};
  row.answer.set_alert_id(alert);
  row.answer.set_ward_id(ward);
  row.answer.set_round(1);
  row.answer.set_response(response);
  return row;
}

JournalBatch Batch(std::vector<ReceiptRow> receipts, std::vector<AnswerRow> answers = {},
                   const std::string& broker = "broker-1") {
  return {.receipts = std::move(receipts),
          .answers = std::move(answers),
          .now = kStart,
          .broker_id = broker};
}

// "4w 3/2/1": delivered, displayed, seen.
std::vector<std::string> Counts(Store& store, int round = 1, const std::string& alert = "A") {
  std::vector<std::string> lines;
  const auto counts = store.LoadCounts(alert, round);
  EXPECT_TRUE(counts) << counts.error().message;
  for (const WardCount& count : counts.value_or(std::vector<WardCount>{})) {
    lines.push_back(count.ward_id + " " + std::to_string(count.delivered) + "/" +
                    std::to_string(count.displayed) + "/" + std::to_string(count.seen));
  }
  return lines;
}

TEST_P(StoreContract, ReceiptsAreCountedByWardAndRound) {
  ASSERT_TRUE(store_->Record(
      Batch({Receipt("pc1", Kind::DELIVERED), Receipt("pc2", Kind::DELIVERED),
             Receipt("pc2", Kind::DISPLAYED), Receipt("pc9", Kind::DELIVERED, ""),
             Receipt("icu1", Kind::DELIVERED, "icu"), Receipt("pc1", Kind::DELIVERED, "4w", 2)})));
  EXPECT_THAT(Counts(*store_), ElementsAre(" 1/0/0", "4w 2/1/0", "icu 1/0/0"));
  EXPECT_THAT(Counts(*store_, 2), ElementsAre("4w 1/0/0"));
  EXPECT_THAT(Counts(*store_, 3), IsEmpty());
  EXPECT_THAT(Counts(*store_, 1, "B"), IsEmpty());
}

TEST_P(StoreContract, SeenImpliesDisplayedImpliesDelivered) {
  ASSERT_TRUE(store_->Record(Batch({Receipt("pc1", Kind::SEEN), Receipt("pc2", Kind::DISPLAYED),
                                    Receipt("pc3", Kind::REJECTED)})));
  EXPECT_THAT(Counts(*store_), ElementsAre("4w 2/2/1"));
  // What comes late was counted already.
  ASSERT_TRUE(
      store_->Record(Batch({Receipt("pc1", Kind::DELIVERED), Receipt("pc1", Kind::DISPLAYED),
                            Receipt("pc2", Kind::DELIVERED)})));
  EXPECT_THAT(Counts(*store_), ElementsAre("4w 2/2/1"));
}

TEST_P(StoreContract, AReceiptCountsOnce) {
  const JournalBatch batch =
      Batch({Receipt("pc1", Kind::DISPLAYED), Receipt("pc1", Kind::DISPLAYED)});
  EXPECT_EQ(store_->Record(batch).value_or(-1), 1);
  EXPECT_EQ(store_->Record(batch).value_or(-1), 1);  // nothing new: the version stays
  JournalBatch elsewhere = batch;
  elsewhere.broker_id = "broker-2";
  for (ReceiptRow& receipt : elsewhere.receipts) receipt.ward_id = "icu";
  EXPECT_EQ(store_->Record(elsewhere).value_or(-1), 1);  // the first time wins
  EXPECT_THAT(Counts(*store_), ElementsAre("4w 1/1/0"));
  EXPECT_EQ(store_->Head()->journal, 1);
}

TEST_P(StoreContract, SumsAreOverAllBrokers) {
  ASSERT_TRUE(store_->Record(Batch({Receipt("pc1", Kind::DISPLAYED)}, {}, "broker-1")));
  ASSERT_TRUE(store_->Record(Batch({Receipt("pc2", Kind::SEEN)}, {}, "broker-2")));
  ASSERT_TRUE(store_->Record(Batch({Receipt("pc3", Kind::DELIVERED)}, {}, "broker-1")));
  EXPECT_THAT(Counts(*store_), ElementsAre("4w 3/2/1"));
}

TEST_P(StoreContract, AnswersAreAllKeptInOrder) {
  AnswerRow first = Answer("01B", "4w", Response::NEED_HELP);
  first.answer.set_note("Drucker geht nicht · الطابعة · \"quoted\"");
  first.answer.mutable_person()->set_initials("J.R.");
  // Ids do not decide the order within a commit: what was queued first does.
  ASSERT_TRUE(store_->Record(Batch({}, {first, Answer("01A", "4w", Response::PROCEDURE_STARTED)})));
  ASSERT_TRUE(store_->Record(Batch({}, {Answer("01C", "icu", Response::NOT_AFFECTED), first})));
  const auto answers = store_->LoadAnswers("A");
  ASSERT_TRUE(answers) << answers.error().message;
  ASSERT_EQ(answers->size(), 3u);
  EXPECT_EQ((*answers)[0].response(), Response::NEED_HELP);
  EXPECT_EQ((*answers)[0].note(), first.answer.note());
  EXPECT_EQ((*answers)[0].person().initials(), "J.R.");
  EXPECT_EQ((*answers)[0].answer_version(), 1);
  EXPECT_EQ(FromTimestamp((*answers)[0].at()), kStart);
  EXPECT_EQ((*answers)[1].response(), Response::PROCEDURE_STARTED);
  EXPECT_EQ((*answers)[1].answer_version(), 1);
  EXPECT_EQ((*answers)[2].ward_id(), "icu");
  EXPECT_EQ((*answers)[2].answer_version(), 2);
  EXPECT_TRUE(store_->LoadAnswers("B")->empty());
}

TEST_P(StoreContract, AnAnswerIsRecordedOnce) {
  const JournalBatch batch = Batch({}, {Answer("01A", "4w", Response::PROCEDURE_STARTED)});
  EXPECT_EQ(store_->Record(batch).value_or(-1), 1);
  EXPECT_EQ(store_->Record(batch).value_or(-1), 1);
  EXPECT_EQ(store_->LoadAnswers("A")->size(), 1u);
}

TEST_P(StoreContract, DeltasSayWhatIsNew) {
  const auto nothing = store_->ReadJournal(0);
  ASSERT_TRUE(nothing) << nothing.error().message;
  EXPECT_EQ(nothing->version, 0);
  EXPECT_THAT(nothing->changed_alerts, IsEmpty());

  ASSERT_TRUE(store_->Record(
      Batch({Receipt("pc1", Kind::DELIVERED)}, {Answer("01A", "4w", Response::NEED_HELP)})));
  ASSERT_TRUE(store_->Record(Batch({Receipt("pc1", Kind::DELIVERED, "4w", 1, "B"),
                                    Receipt("pc2", Kind::DELIVERED, "icu", 1, "B")})));
  ASSERT_TRUE(
      store_->Record(Batch({}, {Answer("01C", "icu", Response::NOT_AFFECTED, "C")}, "broker-2")));

  const auto all = store_->ReadJournal(0);
  EXPECT_EQ(all->version, 3);
  EXPECT_THAT(all->changed_alerts, ElementsAre("A", "B", "C"));
  EXPECT_EQ(all->answers.size(), 2u);
  const auto after_first = store_->ReadJournal(1);
  EXPECT_THAT(after_first->changed_alerts, ElementsAre("B", "C"));
  ASSERT_EQ(after_first->answers.size(), 1u);
  EXPECT_EQ(after_first->answers.front().answer_version(), 3);
  EXPECT_THAT(store_->ReadJournal(3)->changed_alerts, IsEmpty());
}

TEST_P(StoreContract, CurrentAnswersAreThoseOfCurrentAlerts) {
  const std::string id = Publish("open").stored.alert.id();
  ASSERT_TRUE(store_->Record(Batch({}, {Answer("01A", "4w", Response::NEED_HELP, id),
                                        Answer("01B", "4w", Response::NEED_HELP, "elsewhere")})));
  const auto answers = store_->LoadCurrentAnswers(kStart);
  ASSERT_TRUE(answers) << answers.error().message;
  ASSERT_EQ(answers->size(), 1u);
  EXPECT_EQ(answers->front().alert_id(), id);
}

TEST_P(StoreContract, ARefusedRowLeavesNothingOfItsGroup) {
  ReceiptRow bad = Receipt("pc2", Kind::SEEN);
  bad.endpoint_id = std::string("pc\0", 3);
  const auto refused = store_->Record(Batch({Receipt("pc1", Kind::SEEN), bad}));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Code::kInvalidArgument);
  EXPECT_THAT(Counts(*store_), IsEmpty());
  EXPECT_EQ(store_->Head()->journal, 0);
}

TEST_P(StoreContract, BrokersThatReportTheSameAtTheSameTimeCountItOnce) {
  constexpr int kBrokers = 4;
  constexpr int kEndpoints = 60;
  std::atomic<int> failed = 0;
  {
    std::vector<std::jthread> brokers;
    brokers.reserve(kBrokers);
    for (int broker = 0; broker < kBrokers; ++broker) {
      brokers.emplace_back([&, broker] {
        std::vector<ReceiptRow> rows;
        rows.reserve(kEndpoints);
        for (int i = 0; i < kEndpoints; ++i) {
          rows.push_back(Receipt("pc" + std::to_string(i), Kind::SEEN, i % 2 == 0 ? "4w" : "icu"));
        }
        std::mt19937 random(static_cast<unsigned>(broker));
        std::shuffle(rows.begin(), rows.end(), random);
        for (int at = 0; at < kEndpoints; at += 10) {
          const std::vector<ReceiptRow> group(rows.begin() + at, rows.begin() + at + 10);
          if (!store_->Record(Batch(group, {}, "broker-" + std::to_string(broker)))) ++failed;
        }
      });
    }
  }
  EXPECT_EQ(failed, 0);
  EXPECT_THAT(Counts(*store_), ElementsAre("4w 30/30/30", "icu 30/30/30"));
}

// Named bug: an outbox that lost its ids, and made new ones for the same presses, counted twice.
TEST_P(StoreContract, WhatWasPressedCountsOnceUnderNewIdsToo) {
  AnswerRow pressed = Answer("01A", "4w", Response::PROCEDURE_STARTED);
  pressed.pressed_at = kStart;
  AnswerRow again = pressed;
  again.id = "01B";
  EXPECT_EQ(store_->Record(Batch({}, {pressed, again})).value_or(-1), 1);
  again.id = "01C";
  EXPECT_EQ(store_->Record(Batch({}, {again})).value_or(-1), 1);
  EXPECT_EQ(store_->LoadAnswers("A")->size(), 1u);
  // Pressed once more, pressed elsewhere, pressed something else: all kept.
  AnswerRow later = pressed;
  later.id = "01D";
  later.pressed_at += std::chrono::milliseconds(1);
  AnswerRow elsewhere = pressed;
  elsewhere.id = "01E";
  elsewhere.endpoint_id = "4w-pc-02";
  AnswerRow other = pressed;
  other.id = "01F";
  other.answer.set_response(Response::NEED_HELP);
  // By phone, or by an endpoint that does not say when: the id alone counts.
  AnswerRow phone = pressed;
  phone.id = "01G";
  phone.endpoint_id = "";
  AnswerRow phone_again = phone;
  phone_again.id = "01H";
  AnswerRow unknown = Answer("01I", "4w", Response::PROCEDURE_STARTED);
  ASSERT_TRUE(store_->Record(Batch({}, {later, elsewhere, other, phone, phone_again, unknown})));
  EXPECT_EQ(store_->LoadAnswers("A")->size(), 7u);
}

TEST_P(StoreContract, AnAnswerIsFoundByItsId) {
  EXPECT_FALSE(store_->FindAnswer("01A").value());
  ASSERT_TRUE(store_->Record(Batch({}, {Answer("01A", "4w", Response::NEED_HELP)})));
  const auto found = store_->FindAnswer("01A");
  ASSERT_TRUE(found) << found.error().message;
  ASSERT_TRUE(*found);
  EXPECT_EQ((*found)->ward_id(), "4w");
  EXPECT_EQ((*found)->answer_version(), 1);
}

}  // namespace
}  // namespace wardcast
