// The same request, and the same key of a machine, twice.
#include <atomic>
#include <thread>

#include "tests/contract/store/store_contract.h"

namespace wardcast {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

TEST_P(StoreContract, ARepeatedRequestGetsTheFirstResult) {
  AlertChange change = Setting("one");
  change.request_id = "01REQUEST";
  const auto first = store_->Change(change, Seal());
  ASSERT_TRUE(first);
  // Meanwhile the alert goes on.
  AlertChange edit = Setting("edited");
  edit.alert_id = first->stored.alert.id();
  ASSERT_TRUE(store_->Change(edit, Seal()));

  const auto again = store_->Change(change, Seal());
  ASSERT_TRUE(again) << again.error().message;
  EXPECT_FALSE(again->changed);
  EXPECT_EQ(again->stored.sealed.payload(), first->stored.sealed.payload());
  EXPECT_EQ(again->stored.alert.version(), 1);
  ExpectNoGaps(2);

  change.content_hash = "other";
  EXPECT_EQ(store_->Change(change, Seal()).error().code, Code::kAlreadyExists);
  // Another caller or method is another scope.
  change.caller = "nagios";
  EXPECT_TRUE(store_->Change(change, Seal())->changed);
  change.caller = "admin";
  change.method = "UpdateAlert";
  EXPECT_TRUE(store_->Change(change, Seal())->changed);
  ExpectNoGaps(4);
}

TEST_P(StoreContract, RequestsAreForgottenAfterADay) {
  AlertChange change = Setting("one");
  change.request_id = "01REQUEST";
  ASSERT_TRUE(store_->Change(change, Seal())->changed);
  change.now = kStart + hours(24) - minutes(1);
  EXPECT_FALSE(store_->Change(change, Seal())->changed);
  change.now = kStart + hours(24) + minutes(1);
  EXPECT_TRUE(store_->Change(change, Seal())->changed);
}

TEST_P(StoreContract, ASourceKeyHasOneOpenAlert) {
  AlertChange change = Setting("down");
  change.source_key = "nagios/lab-results";
  const auto first = store_->Change(change, Seal());
  ASSERT_TRUE(first);
  const auto second = store_->Change(change, Seal());
  ASSERT_TRUE(second);
  EXPECT_EQ(second->stored.alert.id(), first->stored.alert.id());

  AlertChange other = change;
  other.caller = "zabbix";
  EXPECT_NE(store_->Change(other, Seal())->stored.alert.id(), first->stored.alert.id());

  AlertChange close = change;
  close.decide = [](const v1::Alert* current) -> Result<std::optional<AlertDecision>> {
    EXPECT_NE(current, nullptr);
    AlertDecision decision{.alert = *current, .expected = {}};
    decision.alert.set_state(v1::State::CLOSED);
    return decision;
  };
  EXPECT_EQ(store_->Change(close, Seal())->stored.alert.id(), first->stored.alert.id());
  const auto next = store_->Change(change, Seal());
  ASSERT_TRUE(next);
  EXPECT_NE(next->stored.alert.id(), first->stored.alert.id());
}

TEST_P(StoreContract, TheSameRequestAtTheSameTimeIsDoneOnce) {
  constexpr int kCallers = 6;
  AlertChange change = Setting("one");
  change.request_id = "01REQUEST";
  change.source_key = "key";
  std::atomic<int> changes = 0;
  std::atomic<int> failed = 0;
  {
    std::vector<std::jthread> callers;
    callers.reserve(kCallers);
    for (int i = 0; i < kCallers; ++i) {
      callers.emplace_back([&] {
        const auto changed = store_->Change(change, Seal());
        if (!changed) {
          ++failed;
        } else if (changed->changed) {
          ++changes;
        }
      });
    }
  }
  EXPECT_EQ(failed, 0);
  EXPECT_EQ(changes, 1);
  ExpectNoGaps(1);
}

}  // namespace
}  // namespace wardcast
