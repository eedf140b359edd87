#include "base/ulid.h"

#include <gtest/gtest.h>

#include <set>

namespace wardcast {
namespace {

TEST(Ulid, SortsByTimeAndIsUnique) {
  const TimePoint t{std::chrono::milliseconds(1'700'000'000'000)};
  EXPECT_LT(NewUlid(t), NewUlid(t + std::chrono::milliseconds(1)));
  std::set<std::string> ids;
  for (int i = 0; i < 1000; ++i) ids.insert(NewUlid(t));
  EXPECT_EQ(ids.size(), 1000u);
}

TEST(Ulid, KnowsItsOwnForm) {
  EXPECT_TRUE(IsUlid(NewUlid(SystemClock().Now())));
  EXPECT_TRUE(IsUlid("01ARZ3NDEKTSV4RRFFQ69G5FAV"));
  EXPECT_FALSE(IsUlid("01ARZ3NDEKTSV4RRFFQ69G5FA"));   // too short
  EXPECT_FALSE(IsUlid("81ARZ3NDEKTSV4RRFFQ69G5FAV"));  // more than 48 bits of time
  EXPECT_FALSE(IsUlid("01ARZ3NDEKTSV4RRFFQ69G5FAI"));  // I is not in the alphabet
  EXPECT_FALSE(IsUlid("01arz3ndektsv4rrffq69g5fav"));
}

}  // namespace
}  // namespace wardcast
