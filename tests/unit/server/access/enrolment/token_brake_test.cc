#include "server/access/enrolment/token_brake.h"

#include <gtest/gtest.h>

#include "base/clock.h"

namespace wardcast {
namespace {

Result<int> Wrong() { return Fail(Code::kUnauthenticated, "this token is not known here"); }
Result<int> Right() { return 7; }

TEST(TokenBrake, WhoGuessesWaitsLongerEachTime) {
  ManualClock clock{TimePoint(std::chrono::days(20'000))};
  TokenBrake brake(clock);
  for (int i = 0; i < 20; ++i)
    EXPECT_EQ(brake.Try("10.0.0.1", Wrong).error().code, Code::kUnauthenticated);
  EXPECT_EQ(brake.Try("10.0.0.1", Wrong).error().code, Code::kUnauthenticated);
  const auto held = brake.Try("10.0.0.1", Right);
  ASSERT_FALSE(held);
  EXPECT_EQ(held.error().code, Code::kResourceExhausted);
  ASSERT_TRUE(held.error().retry_after);
  EXPECT_EQ(*held.error().retry_after, std::chrono::seconds(1));
  EXPECT_TRUE(brake.Try("10.0.0.2", Right)) << "nobody else waits";
  clock.Advance(std::chrono::seconds(1));
  EXPECT_EQ(brake.Try("10.0.0.1", Wrong).error().code, Code::kUnauthenticated);
  EXPECT_EQ(*brake.Try("10.0.0.1", Right).error().retry_after, std::chrono::seconds(2));
  clock.Advance(std::chrono::seconds(2));
  EXPECT_TRUE(brake.Try("10.0.0.1", Right));
}

TEST(TokenBrake, AFleetBehindOneAddressEnrolsAtFullSpeed) {
  ManualClock clock{TimePoint(std::chrono::days(20'000))};
  TokenBrake brake(clock);
  for (int i = 0; i < 9'000; ++i) ASSERT_TRUE(brake.Try("10.0.0.1", Right)) << i;
}

}  // namespace
}  // namespace wardcast
