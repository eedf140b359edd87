#include <atomic>
#include <chrono>
#include <mutex>
#include <thread>

#include "tests/contract/store/plain_alert.h"
#include "tests/contract/store/store_contract.h"

namespace wardcast {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

// A PostgreSQL of its own: this test ends it.
class PostgresqlOutage : public ::testing::Test {
 protected:
  void SetUp() override {
    if (const std::string reason = testing::TempPostgres::WhyNot(); !reason.empty()) {
      GTEST_SKIP() << reason;
    }
    server_ = std::make_unique<testing::TempPostgres>();
    auto opened =
        OpenStore({.postgresql = server_->NewDatabase(), .timeout = milliseconds(3000)}, kStart);
    ASSERT_TRUE(opened) << opened.error().message;
    store_ = std::move(*opened);
  }

  Result<AlertChanged> Publish() { return PublishOn(*store_); }
  // Calls again until it works. False: not within ten seconds.
  template <class Call>
  static bool Eventually(Call call) {
    const auto deadline = std::chrono::steady_clock::now() + seconds(10);
    while (std::chrono::steady_clock::now() < deadline) {
      if (call()) return true;
      std::this_thread::sleep_for(milliseconds(10));
    }
    return false;
  }

  std::unique_ptr<testing::TempPostgres> server_;
  std::unique_ptr<Store> store_;
};

TEST_F(PostgresqlOutage, CallsFailWhileItIsAwayAndWorkAgainLater) {
  ASSERT_TRUE(Publish());
  ASSERT_TRUE(store_->Head());
  server_->Crash();
  const auto write = Publish();
  ASSERT_FALSE(write);
  EXPECT_EQ(write.error().code, Code::kUnavailable) << write.error().message;
  for (int i = 0; i < 3; ++i) {
    const auto read = store_->Head();
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().code, Code::kUnavailable) << read.error().message;
  }
  server_->Start();
  EXPECT_TRUE(Eventually([&] { return store_->Head().has_value(); }));
  EXPECT_EQ(store_->Head()->sequence, 1);
  EXPECT_TRUE(Eventually([&] { return Publish().has_value(); }));
}

TEST_F(PostgresqlOutage, AServerThatHangsIsUnavailableAfterTheTimeout) {
  ASSERT_TRUE(Publish());
  server_->Freeze();
  const auto started = std::chrono::steady_clock::now();
  const auto write = Publish();
  const auto took = std::chrono::steady_clock::now() - started;
  const auto read = store_->Head();
  server_->Thaw();
  ASSERT_FALSE(write);
  EXPECT_EQ(write.error().code, Code::kUnavailable) << write.error().message;
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().code, Code::kUnavailable) << read.error().message;
  EXPECT_LT(took, seconds(8));  // timeout, a second, and what a busy machine adds
  EXPECT_TRUE(Eventually([&] { return Publish().has_value(); }));
}

TEST_F(PostgresqlOutage, ACrashLosesNothingThatWasAcceptedAndLeavesNoGap) {
  std::mutex mu;
  std::vector<std::string> accepted;
  std::atomic<bool> stop = false;
  std::atomic<int> wrong_code = 0;
  {
    constexpr int kWriters = 3;
    std::vector<std::jthread> writers;
    writers.reserve(kWriters);
    for (int i = 0; i < kWriters; ++i) {
      writers.emplace_back([&] {
        while (!stop) {
          const auto changed = Publish();
          const std::scoped_lock lock(mu);
          if (changed) accepted.push_back(changed->stored.alert.id());
          if (!changed && changed.error().code != Code::kUnavailable) ++wrong_code;
        }
      });
    }
    const auto count = [&] {
      const std::scoped_lock lock(mu);
      return accepted.size();
    };
    for (int round = 0; round < 2; ++round) {
      const std::size_t before = count();
      EXPECT_TRUE(Eventually([&] { return count() > before + 20; }));
      server_->Crash();
      server_->Start();
    }
    const std::size_t before = count();
    EXPECT_TRUE(Eventually([&] { return count() > before; }));
    stop = true;
  }
  EXPECT_EQ(wrong_code, 0);
  for (const std::string& id : accepted) EXPECT_TRUE(store_->LoadAlert(id)) << id;
  const auto log = store_->ReadLog(0, 1'000'000);
  ASSERT_TRUE(log);
  EXPECT_GE(log->size(), accepted.size());
  for (std::size_t i = 0; i < log->size(); ++i) {
    EXPECT_EQ((*log)[i].sequence, static_cast<Sequence>(i + 1));
  }
}

TEST_F(PostgresqlOutage, TwoStoresOnOneDatabaseMakeOneLog) {
  const std::string conninfo = server_->NewDatabase();
  // Both may be the one that makes the schema.
  std::vector<std::unique_ptr<Store>> stores(2);
  {
    std::vector<std::jthread> openers;
    openers.reserve(stores.size());
    for (auto& store : stores) {
      openers.emplace_back(
          [&] { store = OpenStore({.postgresql = conninfo}, kStart).value_or(nullptr); });
    }
  }
  ASSERT_TRUE(stores[0]);
  ASSERT_TRUE(stores[1]);
  EXPECT_EQ(stores[0]->identity().log_id, stores[1]->identity().log_id);
  constexpr int kEach = 40;
  std::atomic<int> failed = 0;
  {
    constexpr int kWriters = 4;
    std::vector<std::jthread> writers;
    writers.reserve(kWriters);
    for (int i = 0; i < kWriters; ++i) {
      writers.emplace_back([&, i] {
        Store& store = *stores[static_cast<std::size_t>(i % 2)];
        AlertChange change;
        change.caller = "admin";
        change.now = kStart;
        change.source_key = i < 2 ? "shared" : "";
        change.decide = [](const v1::Alert* current) -> Result<std::optional<AlertDecision>> {
          AlertDecision decision;
          if (current != nullptr) decision.alert = *current;
          decision.alert.set_revision(decision.alert.revision() + 1);
          decision.alert.set_state(v1::State::ACTIVE);
          return decision;
        };
        for (int n = 0; n < kEach; ++n) {
          const auto changed = store.Change(change, &Unsigned);
          if (!changed) ++failed;
        }
      });
    }
  }
  EXPECT_EQ(failed, 0);
  const auto log = stores[0]->ReadLog(0, 1'000'000);
  ASSERT_EQ(log->size(), 4u * kEach);
  for (std::size_t i = 0; i < log->size(); ++i) {
    EXPECT_EQ((*log)[i].sequence, static_cast<Sequence>(i + 1));
  }
  const auto current = stores[1]->LoadCurrent(kStart);
  ASSERT_EQ(current->size(), 2u * kEach + 1);
  int most = 0;
  for (const StoredAlert& stored : *current) most = std::max(most, stored.alert.revision());
  EXPECT_EQ(most, 2 * kEach);  // no edit of the shared alert was lost
}

}  // namespace
}  // namespace wardcast
