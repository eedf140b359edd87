// Lives of the log.
#include <gmock/gmock.h>

#include <atomic>
#include <thread>

#include "tests/contract/store/store_contract.h"

namespace wardcast {
namespace {

using std::chrono::days;
using std::chrono::hours;
using ::testing::HasSubstr;

constexpr std::int64_t kStartSeconds = 1'772'373'600;

AlertChange Closing(AlertChange change, const std::string& id, TimePoint now) {
  change.alert_id = id;
  change.now = now;
  change.decide = [](const v1::Alert* current) -> Result<std::optional<AlertDecision>> {
    AlertDecision decision{.alert = *current, .expected = {}};
    decision.alert.set_state(v1::State::CLOSED);
    return decision;
  };
  return change;
}

TEST_P(StoreContract, ANewGenerationGivesEveryCurrentAlertANewSignedVersion) {
  const std::string open = Publish("open").stored.alert.id();
  const std::string closed = Publish("closed").stored.alert.id();
  const std::string old = Publish("closed long ago").stored.alert.id();
  ASSERT_TRUE(store_->Change(Closing(Setting(""), closed, kStart + days(9)), Seal()));
  ASSERT_TRUE(store_->Change(Closing(Setting(""), old, kStart), Seal()));
  const TimePoint now = kStart + days(10);
  const auto taken = store_->TakeGeneration(1, now - days(7), Seal(), now);
  ASSERT_TRUE(taken) << taken.error().message;
  EXPECT_EQ(taken->generation, kStartSeconds + 10 * 86'400);
  EXPECT_EQ(taken->log_id, store_->identity().log_id);
  EXPECT_EQ(store_->identity(), *taken);
  EXPECT_EQ(store_->Head()->log, *taken);
  // A log entry and a version for each of the two.
  ExpectNoGaps(7);
  for (const std::string& id : {open, closed}) {
    const auto stored = store_->LoadAlert(id);
    ASSERT_TRUE(stored) << stored.error().message;
    EXPECT_EQ(stored->alert.generation(), taken->generation);
    EXPECT_GE(stored->alert.version(), 6);
    EXPECT_TRUE(
        key_.public_key().VerifyAlert(stored->sealed.payload(), stored->sealed.signature()));
    EXPECT_EQ(store_->LoadVersions(id)->back().alert.version(), stored->alert.version());
  }
  EXPECT_EQ(store_->LoadAlert(old)->alert.generation(), 1);
  // What is changed from now on belongs to the new life, and so does everything after a restart.
  Reopen();
  EXPECT_EQ(store_->identity(), *taken);
  EXPECT_EQ(Publish("later").stored.alert.generation(), taken->generation);
}

TEST_P(StoreContract, OfTwoBrokersThatTakeAGenerationOneDoes) {
  Publish("one");
  const auto first = store_->TakeGeneration(1, kStart, Seal(), kStart);
  ASSERT_TRUE(first);
  const auto second = store_->TakeGeneration(1, kStart, Seal(), kStart + hours(1));
  ASSERT_TRUE(second) << second.error().message;
  EXPECT_EQ(*second, *first);
  ExpectNoGaps(2);
}

TEST_P(StoreContract, AGenerationGrowsEvenIfTheClockIsWrong) {
  const auto taken = store_->TakeGeneration(1, kStart, Seal(), TimePoint{});
  EXPECT_EQ(taken->generation, 2);
  const auto later = store_->TakeGeneration(2, kStart, Seal(), kStart);
  EXPECT_EQ(later->generation, kStartSeconds);
  EXPECT_EQ(store_->TakeGeneration(kStartSeconds, kStart, Seal(), kStart)->generation,
            kStartSeconds + 1);
}

// Named bug: the generation was read once, when the store was opened, so that a second broker
// signed on under the old one.
TEST_P(StoreContract, AChangeSignsTheGenerationThatAnotherBrokerTook) {
  if (GetParam() == Database::kSqlite) GTEST_SKIP() << "SQLite serves one broker";
  auto other = OpenStore(config(), kStart);
  ASSERT_TRUE(other) << other.error().message;
  const auto taken = (*other)->TakeGeneration(1, kStart, Seal(), kStart);
  ASSERT_TRUE(taken) << taken.error().message;
  EXPECT_EQ(Publish("one").stored.alert.generation(), taken->generation);
  EXPECT_EQ(store_->identity(), *taken);
}

TEST_P(StoreContract, NoChangeSlipsUnderAnOldGeneration) {
  if (GetParam() == Database::kSqlite) GTEST_SKIP() << "SQLite serves one broker";
  auto other = OpenStore(config(), kStart);
  ASSERT_TRUE(other);
  std::atomic<bool> stop = false;
  std::atomic<int> failed = 0;
  {
    std::jthread writer([&] {
      AlertChange change = Setting("again and again");
      change.source_key = "same";
      while (!stop) {
        if (!store_->Change(change, Seal())) ++failed;
      }
    });
    std::int64_t generation = 1;
    for (int i = 0; i < 20; ++i) {
      const auto taken = (*other)->TakeGeneration(generation, kStart, Seal(), TimePoint{});
      if (taken) generation = taken->generation;
      if (!taken) ++failed;
    }
    stop = true;
  }
  EXPECT_EQ(failed, 0);
  // In the log's order generations only grow.
  std::int64_t generation = 0;
  const std::string id = store_->LoadCurrent(kStart)->front().alert.id();
  const auto versions = store_->LoadVersions(id);
  ASSERT_TRUE(versions);
  for (const StoredAlert& version : *versions) {
    EXPECT_GE(version.alert.generation(), generation);
    generation = version.alert.generation();
  }
  EXPECT_EQ(generation, 21);
}

TEST_P(StoreContract, ADatabaseAtAnotherPlaceIsNoticedUntilANewLifeBegins) {
  EXPECT_EQ(store_->suspicion(), "");
  Publish("one");
  Tamper("UPDATE meta SET value = 'machine 1 inode 2' WHERE name = 'place'");
  Reopen();
  EXPECT_THAT(store_->suspicion(), HasSubstr("another place"));
  Reopen();  // looking is not settling
  EXPECT_NE(store_->suspicion(), "");
  ASSERT_TRUE(store_->TakeGeneration(1, kStart, Seal(), kStart));
  EXPECT_EQ(store_->suspicion(), "");
  Reopen();
  EXPECT_EQ(store_->suspicion(), "");
}

TEST_P(StoreContract, AlertsAreLoadedTogether) {
  const std::string a = Publish("a").stored.alert.id();
  const std::string b = Publish("b").stored.alert.id();
  const auto loaded = store_->LoadAlerts({b, "no such", a, b, std::string("\0", 1)});
  ASSERT_TRUE(loaded) << loaded.error().message;
  ASSERT_EQ(loaded->size(), 2u);
  EXPECT_EQ(loaded->front().alert.id(), std::min(a, b));
  EXPECT_TRUE(store_->LoadAlerts({})->empty());
}

}  // namespace
}  // namespace wardcast
