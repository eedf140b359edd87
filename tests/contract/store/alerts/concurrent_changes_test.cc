// Many who change alerts at the same time.
#include <atomic>
#include <set>
#include <thread>

#include "tests/contract/store/store_contract.h"

namespace wardcast {
namespace {

TEST_P(StoreContract, ConcurrentWritersLeaveNoGapsAndNoLostUpdate) {
  constexpr int kWriters = 6;
  constexpr int kChanges = 15;
  const std::string shared = Publish("shared").stored.alert.id();
  std::atomic<int> failed = 0;
  {
    std::vector<std::jthread> writers;
    writers.reserve(kWriters);
    for (int writer = 0; writer < kWriters; ++writer) {
      writers.emplace_back([&] {
        for (int i = 0; i < kChanges; ++i) {
          AlertChange edit = Setting("");
          edit.alert_id = shared;
          edit.decide = [](const v1::Alert* current) -> Result<std::optional<AlertDecision>> {
            AlertDecision decision{.alert = *current, .expected = {}};
            decision.alert.set_revision(current->revision() + 1);
            return decision;
          };
          if (!store_->Change(edit, Seal())) ++failed;
          if (!store_->Change(Setting("own"), Seal())) ++failed;
          if (!store_->Head()) ++failed;
        }
      });
    }
  }
  EXPECT_EQ(failed, 0);
  EXPECT_EQ(store_->LoadAlert(shared)->alert.revision(), kWriters * kChanges);
  ExpectNoGaps(1 + 2 * kWriters * kChanges);
}

TEST_P(StoreContract, EachOfABurstGetsItsOwnAnswer) {
  constexpr int kBurst = 24;
  std::vector<Result<AlertChanged>> results(kBurst);
  std::atomic<int> come = 0;
  {
    std::vector<std::jthread> callers;
    callers.reserve(kBurst);
    for (int i = 0; i < kBurst; ++i) {
      callers.emplace_back([&, i] {
        AlertChange change = Setting("notice " + std::to_string(i));
        // Of three, one is refused, and one is a monitor's whose key two use at the same time.
        if (i % 3 == 1) change.source_key = "key " + std::to_string(i / 6);
        if (i % 3 == 2)
          change.decide = [i](const v1::Alert*) -> Result<std::optional<AlertDecision>> {
            return Fail(Code::kFailedPrecondition, "refused " + std::to_string(i));
          };
        ++come;
        while (come < kBurst) std::this_thread::yield();
        results[i] = store_->Change(change, Seal());
      });
    }
  }
  std::set<std::string> ids;
  for (int i = 0; i < kBurst; ++i) {
    if (i % 3 == 2) {
      EXPECT_EQ(results[i].error().message, "refused " + std::to_string(i));
      continue;
    }
    ASSERT_TRUE(results[i]) << results[i].error().message;
    EXPECT_EQ(results[i]->stored.alert.headline(), "notice " + std::to_string(i));
    ids.insert(results[i]->stored.alert.id());
  }
  EXPECT_EQ(ids.size(), 8u + 4u) << "two monitors with one key have one alert";
  ExpectNoGaps(16);
}

}  // namespace
}  // namespace wardcast
