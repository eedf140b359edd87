#include <gtest/gtest.h>

#include <chrono>
#include <limits>

#include "base/backoff.h"
#include "base/proto_time.h"

namespace wardcast {
namespace {

using std::chrono::milliseconds;

TEST(ProtoTime, RoundTripsToTheMillisecond) {
  const TimePoint t{milliseconds(1'772'374'020'123)};
  EXPECT_EQ(FromTimestamp(ToTimestamp(t)), t);
  EXPECT_EQ(ToRfc3339(t), "2026-03-01T14:07:00.123Z");
  EXPECT_EQ(FromRfc3339("2026-03-01T14:07:00.123Z").value(), t);
  EXPECT_EQ(FromRfc3339("2026-03-01T07:07:00.123-07:00").value(), t);
  EXPECT_FALSE(FromRfc3339("yesterday").has_value());
}

TEST(FileStamp, IsInUtcAndWholeSeconds) {
  EXPECT_EQ(FileStamp(TimePoint{milliseconds(1'772'374'020'999)}), "20260301T140700Z");
}

TEST(Backoff, StaysWithinADoublingBoundAndStartsAnewAfterSuccess) {
  Backoff backoff(42, {.base = milliseconds(500), .cap = milliseconds(30'000)});
  milliseconds bound{500};
  for (int i = 0; i < 20; ++i) {
    EXPECT_LE(backoff.Next(), bound);
    bound = std::min(bound * 2, milliseconds(30'000));
  }
  backoff.Reset();
  EXPECT_LE(backoff.Next(), milliseconds(500));
}

TEST(Backoff, TwoEndpointsDoNotComeBackTogether) {
  Backoff a(1);
  Backoff b(2);
  int same = 0;
  for (int i = 0; i < 20; ++i) same += a.Next() == b.Next() ? 1 : 0;
  EXPECT_LT(same, 5);
}

TEST(Time, WhatIsNoTimeIsTheNearestOne) {
  google::protobuf::Timestamp timestamp;
  timestamp.set_seconds(std::numeric_limits<std::int64_t>::max());
  timestamp.set_nanos(std::numeric_limits<std::int32_t>::max());
  EXPECT_EQ(ToRfc3339(FromTimestamp(timestamp)), "9999-12-31T23:59:59.999Z");
  timestamp.set_seconds(std::numeric_limits<std::int64_t>::min());
  timestamp.set_nanos(-1);
  EXPECT_EQ(ToRfc3339(FromTimestamp(timestamp)), "0001-01-01T00:00:00Z");
}

}  // namespace
}  // namespace wardcast
