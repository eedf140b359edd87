#include "server/journal/journal.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <memory>
#include <thread>

#include "server/store/open_store.h"
#include "tests/servers/temp_folder.h"
#include "tests/unit/server/journal/shaky_store.h"

namespace wardcast {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr TimePoint kStart{milliseconds(1'772'373'600'000)};
// Longer than any test may take: a group that is due only then was not due.
constexpr milliseconds kNever = std::chrono::hours(1);

// Remembers what was published.
class RecordingBus final : public Bus {
 public:
  void Publish(Topic topic, std::int64_t number) noexcept override {
    const MutexLock lock(mu_);
    EXPECT_EQ(topic, Topic::kJournal);
    numbers_.push_back(number);
  }
  Subscription Subscribe(std::function<void(Topic, std::int64_t)>) override { return {}; }
  BusHealth Health() const override { return {}; }
  std::vector<std::int64_t> numbers() const {
    const MutexLock lock(mu_);
    return numbers_;
  }

 private:
  mutable Mutex mu_;
  std::vector<std::int64_t> numbers_ GUARDED_BY(mu_);
};

// Collects what `done` was told, in order.
class Outcomes {
 public:
  std::function<void(Result<void>)> Next() {
    return [this](Result<void> outcome) {
      const MutexLock lock(mu_);
      codes_.push_back(outcome ? "OK" : std::string(CodeName(outcome.error().code)));
      changed_.NotifyAll();
    };
  }
  std::vector<std::string> Await(std::size_t count) {
    const MutexLock lock(mu_);
    while (codes_.size() < count) changed_.Wait(mu_);
    return codes_;
  }
  std::size_t count() const {
    const MutexLock lock(mu_);
    return codes_.size();
  }

 private:
  mutable Mutex mu_;
  CondVar changed_;
  std::vector<std::string> codes_ GUARDED_BY(mu_);
};

class JournalTest : public ::testing::Test {
 protected:
  JournalTest() : real_(OpenStore({.data_dir = folder_.path()}, kStart).value()), store_(*real_) {}

  std::unique_ptr<Journal> Start(JournalConfig config) {
    config.broker_id = "broker-1";
    return std::make_unique<Journal>(config, store_, bus_, clock_);
  }
  static std::vector<ReceiptRow> Displayed(int endpoint) {
    return {{.alert_id = "A",
             .round = 1,
             .endpoint_id = "4w-pc-" + std::to_string(endpoint),
             .ward_id = "4w",
             .kind = v1::Receipt::Kind::DISPLAYED,
             .endpoint_time = kStart}};
  }
  int DisplayedCount() {
    const auto counts = store_.LoadCounts("A", 1);
    EXPECT_TRUE(counts);
    return counts->empty() ? 0 : counts->front().displayed;
  }

  testing::TempFolder folder_;
  std::unique_ptr<Store> real_;
  ShakyStore store_;
  RecordingBus bus_;
  ManualClock clock_{kStart};
  Outcomes outcomes_;
};

TEST_F(JournalTest, ConfirmsAfterTheCommit) {
  const auto journal = Start({});
  std::atomic<int> recorded = -1;
  ASSERT_TRUE(journal->Add(Displayed(1), {}, [&](Result<void> outcome) {
    EXPECT_TRUE(outcome);
    recorded = DisplayedCount();
    outcomes_.Next()({});
  }));
  outcomes_.Await(1);
  EXPECT_EQ(recorded, 1);
  EXPECT_THAT(bus_.numbers(), ElementsAre(1));
}

TEST_F(JournalTest, GathersCompanyIntoOneCommit) {
  const auto journal = Start({.gather = kNever, .group_rows = 10});
  for (int i = 0; i < 10; ++i) ASSERT_TRUE(journal->Add(Displayed(i), {}, outcomes_.Next()));
  outcomes_.Await(10);
  EXPECT_EQ(store_.calls(), 1);
  EXPECT_THAT(bus_.numbers(), ElementsAre(1));
  EXPECT_EQ(DisplayedCount(), 10);
}

TEST_F(JournalTest, WhatComesDuringACommitIsTheNextGroup) {
  store_.Hold();
  const auto journal = Start({.gather = milliseconds(0), .group_rows = 1});
  ASSERT_TRUE(journal->Add(Displayed(0), {}, outcomes_.Next()));
  store_.AwaitCalls(1);
  for (int i = 1; i < 6; ++i) ASSERT_TRUE(journal->Add(Displayed(i), {}, outcomes_.Next()));
  EXPECT_EQ(journal->QueuedRows(), 5u);
  store_.Release();
  outcomes_.Await(6);
  EXPECT_EQ(store_.calls(), 2);
}

TEST_F(JournalTest, TimeIsTheClocks) {
  const auto journal = Start({.gather = milliseconds(0)});
  ASSERT_TRUE(journal->Add(Displayed(1), {}, outcomes_.Next()));
  outcomes_.Await(1);
  clock_.Advance(seconds(5));
  ASSERT_TRUE(journal->Add(Displayed(2), {}, outcomes_.Next()));
  outcomes_.Await(2);
  EXPECT_THAT(store_.times(), ElementsAre(kStart, kStart + seconds(5)));
}

TEST_F(JournalTest, NothingNewIsConfirmedAndNotPublished) {
  const auto journal = Start({.gather = milliseconds(0)});
  ASSERT_TRUE(journal->Add(Displayed(1), {}, outcomes_.Next()));
  outcomes_.Await(1);
  ASSERT_TRUE(journal->Add(Displayed(1), {}, outcomes_.Next()));
  ASSERT_TRUE(journal->Add({}, {}, outcomes_.Next()));
  EXPECT_THAT(outcomes_.Await(3), ElementsAre("OK", "OK", "OK"));
  EXPECT_THAT(bus_.numbers(), ElementsAre(1));
  EXPECT_EQ(DisplayedCount(), 1);
}

TEST_F(JournalTest, AFailureIsToldAndNothingIsConfirmed) {
  store_.FailWith(Error{Code::kUnavailable, "the database is gone"});
  const auto journal = Start({.gather = kNever, .group_rows = 2});
  ASSERT_TRUE(journal->Add(Displayed(1), {}, outcomes_.Next()));
  ASSERT_TRUE(journal->Add(Displayed(2), {}, outcomes_.Next()));
  EXPECT_THAT(outcomes_.Await(2), ElementsAre("UNAVAILABLE", "UNAVAILABLE"));
  EXPECT_EQ(store_.calls(), 1);
  EXPECT_THAT(bus_.numbers(), IsEmpty());
  EXPECT_EQ(DisplayedCount(), 0);

  // The endpoint sends again, the database is back.
  store_.FailWith(std::nullopt);
  ASSERT_TRUE(journal->Add(Displayed(1), {}, outcomes_.Next()));
  ASSERT_TRUE(journal->Add(Displayed(2), {}, outcomes_.Next()));
  EXPECT_THAT(outcomes_.Await(4), ElementsAre("UNAVAILABLE", "UNAVAILABLE", "OK", "OK"));
  EXPECT_EQ(DisplayedCount(), 2);
}

TEST_F(JournalTest, ARowThatIsRefusedFailsItsOwnCallOnly) {
  const auto journal = Start({.gather = kNever, .group_rows = 3});
  std::vector<ReceiptRow> bad = Displayed(2);
  bad.front().endpoint_id = "\xff";
  ASSERT_TRUE(journal->Add(Displayed(1), {}, outcomes_.Next()));
  ASSERT_TRUE(journal->Add(bad, {}, outcomes_.Next()));
  ASSERT_TRUE(journal->Add(Displayed(3), {}, outcomes_.Next()));
  EXPECT_THAT(outcomes_.Await(3), ElementsAre("OK", "INVALID_ARGUMENT", "OK"));
  EXPECT_EQ(DisplayedCount(), 2);
}

TEST_F(JournalTest, OneBadRowAmongManyIsFoundInAFewCommits) {
  constexpr int kCalls = 256;
  const auto journal = Start({.gather = kNever, .group_rows = kCalls});
  for (int i = 0; i < kCalls; ++i) {
    std::vector<ReceiptRow> rows = Displayed(i);
    if (i == 100) rows.front().endpoint_id = std::string("4w\0pc", 5);
    ASSERT_TRUE(journal->Add(rows, {}, outcomes_.Next()));
  }
  const auto told = outcomes_.Await(kCalls);
  EXPECT_EQ(std::ranges::count(told, "OK"), kCalls - 1);
  EXPECT_EQ(told[100], "INVALID_ARGUMENT") << "in the order in which they came";
  EXPECT_LE(store_.calls(), 2 * 8 + 1);
  EXPECT_EQ(DisplayedCount(), kCalls - 1);
}

TEST_F(JournalTest, AFullQueueIsAnOutcomeNotAWait) {
  store_.Hold();
  const auto journal = Start({.gather = milliseconds(0), .group_rows = 1, .queue_rows = 3});
  ASSERT_TRUE(journal->Add(Displayed(0), {}, outcomes_.Next()));
  store_.AwaitCalls(1);
  for (int i = 1; i <= 3; ++i) ASSERT_TRUE(journal->Add(Displayed(i), {}, outcomes_.Next()));
  const auto refused = journal->Add(Displayed(4), {}, [](Result<void>) { FAIL(); });
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Code::kResourceExhausted);
  EXPECT_THAT(refused.error().message, HasSubstr("3 reports wait"));
  EXPECT_EQ(refused.error().retry_after, seconds(1)) << "it says when to try again";
  store_.Release();
  outcomes_.Await(4);
  EXPECT_TRUE(journal->Add(Displayed(4), {}, outcomes_.Next()));
  outcomes_.Await(5);
  EXPECT_EQ(DisplayedCount(), 5);
}

TEST_F(JournalTest, TheEndCommitsWhatIsQueued) {
  {
    const auto journal = Start({.gather = kNever, .group_rows = 1000});
    for (int i = 0; i < 20; ++i) ASSERT_TRUE(journal->Add(Displayed(i), {}, outcomes_.Next()));
  }
  EXPECT_EQ(outcomes_.count(), 20u);
  EXPECT_EQ(DisplayedCount(), 20);
}

TEST_F(JournalTest, TenThousandFromManyThreadsAreAllConfirmed) {
  constexpr int kThreads = 4;
  constexpr int kEach = 2'500;
  const auto journal = Start({});
  std::atomic<int> confirmed = 0;
  const auto started = std::chrono::steady_clock::now();
  {
    std::vector<std::jthread> threads;
    threads.reserve(kThreads);
    for (int thread = 0; thread < kThreads; ++thread) {
      threads.emplace_back([&, thread] {
        for (int i = 0; i < kEach; ++i) {
          const auto queued =
              journal->Add(Displayed(thread * kEach + i), {}, [&](Result<void> outcome) {
                if (outcome) ++confirmed;
                outcomes_.Next()(outcome);
              });
          EXPECT_TRUE(queued) << queued.error().message;
        }
      });
    }
  }
  outcomes_.Await(kThreads * kEach);
  const auto took = std::chrono::steady_clock::now() - started;
  RecordProperty("milliseconds", static_cast<int>(took / milliseconds(1)));
  EXPECT_EQ(confirmed, kThreads * kEach);
  EXPECT_EQ(DisplayedCount(), kThreads * kEach);
  std::printf("10,000 receipts confirmed in %lld ms, %d commits\n",
              static_cast<long long>(took / milliseconds(1)), store_.calls());
}

}  // namespace
}  // namespace wardcast
