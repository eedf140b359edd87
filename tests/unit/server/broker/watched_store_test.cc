// Whether the store can be written, as the health page says it.
#include "server/broker/watched_store.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/fixtures/memory_store.h"

namespace wardcast {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(WatchedStoreTest, NamesSinceWhenWritingFailsAndRecoversByItself) {
  ManualClock clock(testing::kMorning);
  auto owned = std::make_unique<testing::MemoryStore>();
  testing::MemoryStore& memory = *owned;
  WatchedStore store(std::move(owned), clock);
  EXPECT_TRUE(store.writes().ok);
  const auto write = [&] { return store.TakeGeneration(0, clock.Now(), {}, clock.Now()); };
  memory.Fail(true);
  EXPECT_FALSE(write());
  clock.Advance(std::chrono::minutes(1));
  EXPECT_FALSE(write());
  EXPECT_FALSE(store.writes().ok);
  EXPECT_THAT(store.writes().detail, HasSubstr("since 2026-03-01T14:00:00Z"));
  EXPECT_THAT(store.writes().detail, HasSubstr("the disk is on fire"));
  memory.Fail(false);
  EXPECT_TRUE(store.Head());
  EXPECT_FALSE(store.writes().ok) << "reading proves nothing";
  EXPECT_TRUE(write());
  EXPECT_TRUE(store.writes().ok);
  EXPECT_THAT(store.writes().detail, IsEmpty());
}

}  // namespace
}  // namespace wardcast
