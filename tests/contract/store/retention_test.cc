// What is removed when, and that it says so.
#include "tests/contract/store/store_contract.h"

namespace wardcast {
namespace {

using std::chrono::days;

constexpr days kYears{6 * 365 + 3};

class Retention : public StoreContract {
 protected:
  std::string Closed(const std::string& headline, TimePoint at) {
    const std::string id = Publish(headline, {{.ward_id = "4w", .endpoints = 2}}).stored.alert.id();
    Close(id, at);
    return id;
  }
  void Close(const std::string& id, TimePoint at) {
    AlertChange change = Setting("closed");
    change.alert_id = id;
    change.now = at;
    change.decide = [](const v1::Alert* current) -> Result<std::optional<AlertDecision>> {
      AlertDecision decision{.alert = *current, .expected = {}};
      decision.alert.set_state(v1::State::CLOSED);
      return decision;
    };
    EXPECT_TRUE(store_->Change(change, Seal()));
  }
  void Report(const std::string& alert, int endpoints, TimePoint at) {
    JournalBatch batch{.receipts = {}, .answers = {}, .now = at, .broker_id = "east"};
    for (int i = 0; i < endpoints; ++i) {
      batch.receipts.push_back({.alert_id = alert,
                                .round = 1,
                                .endpoint_id = "pc-" + std::to_string(i),
                                .ward_id = "4w",
                                .kind = v1::Receipt::Kind::DELIVERED,
                                .endpoint_time = at});
    }
    AnswerRow answer{.id = "answer of " + alert, .endpoint_id = "pc-0", .answer = {}};
    answer.answer.set_alert_id(alert);
    answer.answer.set_ward_id("4w");
    batch.answers.push_back(answer);
    EXPECT_TRUE(store_->Record(batch));
  }
  // Until nothing is left; how many rows went.
  int SweepAll(TimePoint now, int limit = 500) {
    int all = 0;
    for (;;) {
      const auto removed = store_->Sweep("east", limit, now);
      EXPECT_TRUE(removed) << removed.error().message;
      all += removed.value_or(0);
      EXPECT_LE(removed.value_or(0), limit);
      if (removed.value_or(0) < limit) return all;
    }
  }
  std::int64_t Noted(const std::string& what) {
    return Ask(
        "SELECT CAST(COALESCE(SUM(removed), 0) AS BIGINT) FROM retention_run WHERE what = '" +
        what + "'");
  }
};

TEST_P(Retention, NothingYoungIsRemoved) {
  const std::string id = Closed("one", kStart);
  Report(id, 10, kStart);
  const std::int64_t before = AllRows();
  EXPECT_EQ(SweepAll(kStart + days(399)), 0);
  EXPECT_EQ(AllRows(), before);
}

TEST_P(Retention, ReceiptsGoAfterFourHundredDaysAndTheirSumsStay) {
  const std::string id = Closed("one", kStart);
  Report(id, 1'234, kStart);
  EXPECT_EQ(SweepAll(kStart + days(401)), 1'234);
  EXPECT_EQ(Ask("SELECT COUNT(*) FROM receipt"), 0);
  EXPECT_EQ(store_->LoadCounts(id, 1)->front().delivered, 1'234);
  EXPECT_EQ(store_->LoadAnswers(id)->size(), 1u);
  // Nothing is shortened silently.
  EXPECT_EQ(Noted("receipt"), 1'234);
  EXPECT_EQ(Ask("SELECT COUNT(*) FROM retention_run"), 1);
}

TEST_P(Retention, AlertsGoSixYearsAfterTheirEndWithAllThatBelongsToThem) {
  const std::string old = Closed("old", kStart);
  Report(old, 3, kStart);
  const std::string younger = Closed("younger", kStart + days(10));
  const std::string open = Publish("open").stored.alert.id();
  const TimePoint now = kStart + kYears;
  EXPECT_GT(SweepAll(now), 0);
  EXPECT_EQ(store_->LoadAlert(old).error().code, Code::kNotFound);
  EXPECT_TRUE(store_->LoadAnswers(old)->empty());
  EXPECT_TRUE(store_->LoadCounts(old, 1)->empty());
  EXPECT_TRUE(store_->LoadExpected(old)->empty());
  EXPECT_TRUE(store_->LoadAlert(younger));
  EXPECT_TRUE(store_->LoadAlert(open));
  EXPECT_EQ(Noted("alert"), 1);
  EXPECT_EQ(Noted("alert_version"), 2);
  EXPECT_EQ(Noted("answer"), 1);
  EXPECT_EQ(Noted("progress"), 1);
  EXPECT_EQ(Noted("alert_expected"), 1);
}

TEST_P(Retention, StepsAndMachinesGoWithTheirAlert) {
  const std::string old = Publish("old").stored.alert.id();
  const std::string open = Publish("open").stored.alert.id();
  for (const std::string& id : {old, open}) Attach("nagios", id, id);
  Close(old, kStart);
  const std::vector<StepRow> steps = {
      {.step = "reminder-60m", .target = "", .round = 0, .due = kStart},
      {.step = "reminder-15m", .target = "", .round = 0, .due = kStart}};
  for (const std::string& id : {old, open}) {
    AlertChange change;
    change.caller = "clock";
    change.alert_id = id;
    change.steps = steps;
    change.take_steps = [](const v1::Alert& current,
                           const std::vector<StepRow>&) -> Result<std::optional<AlertDecision>> {
      return AlertDecision{.alert = current, .expected = {}};
    };
    change.now = kStart;
    ASSERT_TRUE(store_->Change(change, Seal()));
  }
  SweepAll(kStart + days(401));
  EXPECT_EQ(store_->LoadSteps(old)->size(), 2u) << "they are evidence";
  SweepAll(kStart + kYears, 3);
  EXPECT_EQ(store_->LoadAlert(old).error().code, Code::kNotFound);
  EXPECT_TRUE(store_->LoadSteps(old)->empty());
  EXPECT_EQ(Noted("step"), 2);
  EXPECT_EQ(Noted("attached_source"), 1);
  EXPECT_EQ(store_->LoadSteps(open)->size(), 2u);
  EXPECT_EQ(store_->FindAttached("nagios", open).value(), open);
}

TEST_P(Retention, TheLogKeepsItsHeadAndItsNumbers) {
  for (int i = 0; i < 10; ++i) Publish("alert " + std::to_string(i));
  SweepAll(kStart + kYears);
  const auto log = store_->ReadLog(0, 100);
  ASSERT_EQ(log->size(), 1u);
  EXPECT_EQ(log->front().sequence, 10);
  EXPECT_EQ(store_->Head()->tag, log->front().tag);
  EXPECT_EQ(Noted("log_entry"), 9);
  EXPECT_EQ(Publish("next").stored.alert.version(), 11);
}

TEST_P(Retention, GoesInSmallSteps) {
  const std::string id = Closed("one", kStart);
  Report(id, 95, kStart);
  EXPECT_EQ(store_->Sweep("east", 10, kStart + days(401)).value_or(-1), 10);
  EXPECT_EQ(Ask("SELECT COUNT(*) FROM receipt"), 85);
  EXPECT_EQ(SweepAll(kStart + kYears, 7) >= 85 + 5, true);
  EXPECT_EQ(store_->LoadAlert(id).error().code, Code::kNotFound);
  EXPECT_EQ(Noted("receipt"), 95);
}

TEST_P(Retention, OldMembershipAndLongGoneEndpointsGo) {
  DirectoryContent content;
  content.endpoints.emplace_back().set_id("pc1");
  ASSERT_TRUE(store_->ReplaceDirectory(content, std::nullopt, kStart));
  content.endpoints.back().set_ward_id("4w");
  ASSERT_TRUE(store_->ReplaceDirectory(content, std::nullopt, kStart + days(1)));
  PresenceBatch batch{.broker_id = "old", .started = false, .rows = {}, .now = kStart};
  batch.rows.emplace_back().endpoint_id = "pc1";
  ASSERT_TRUE(store_->PutPresence(batch));
  batch.broker_id = "new";
  batch.now = kStart + days(400);
  ASSERT_TRUE(store_->PutPresence(batch));
  SweepAll(kStart + days(401));
  EXPECT_EQ(store_->LoadPresence()->size(), 1u);
  EXPECT_EQ(Ask("SELECT COUNT(*) FROM broker"), 1);
  EXPECT_EQ(store_->LoadMembership(kStart, kStart + days(9))->size(), 2u);
  SweepAll(kStart + kYears + days(1));
  EXPECT_EQ(store_->LoadMembership(kStart, kStart + days(9))->size(), 1u);
}

INSTANTIATE_TEST_SUITE_P(Databases, Retention,
                         ::testing::Values(Database::kSqlite, Database::kPostgresql),
                         [](const auto& param) {
                           return param.param == Database::kSqlite ? "Sqlite" : "Postgresql";
                         });

}  // namespace
}  // namespace wardcast
