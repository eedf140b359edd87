#include "agent/link/broker_list.h"

#include <gtest/gtest.h>

namespace wardcast::agent {
namespace {

using namespace std::chrono_literals;

TEST(BrokerList, ASingleBrokerIsTriedAgainAfterABackOffThatGrowsTo30Seconds) {
  BrokerList list({"a:1"}, 1);
  EXPECT_EQ(list.Next(10ms).at, 10ms);
  Elapsed now{0};
  Elapsed longest{0};
  for (int i = 0; i < 200; ++i) {
    list.Failed(0, now, std::nullopt);
    const Elapsed at = list.Next(now).at;
    if (i == 0) {
      EXPECT_LE(at - now, 500ms);
    }
    longest = std::max(longest, at - now);
    now = at;
  }
  EXPECT_GT(longest, 20s);
  EXPECT_LE(longest, 30s);
}

TEST(BrokerList, ASuccessStartsTheBackOffAnew) {
  BrokerList list({"a:1"}, 1);
  for (int i = 0; i < 20; ++i) list.Failed(0, 0ms, std::nullopt);
  list.Succeeded(0);
  list.Failed(0, 0ms, std::nullopt);
  EXPECT_LE(list.Next(0ms).at, 500ms);
}

TEST(BrokerList, RetryAfterConcernsThatBrokerOthersAreTriedAtOnceWithJitter) {
  BrokerList list({"a:1", "b:1"}, 0);
  EXPECT_EQ(list.Next(0ms).index, 0u);
  list.Failed(0, 1s, 60s);
  EXPECT_EQ(list.Next(1s).index, 1u);
  EXPECT_LE(list.Next(1s).at, 1500ms);
  list.Failed(1, 2s, 300s);
  EXPECT_EQ(list.Next(2s).index, 0u);
  EXPECT_GE(list.Next(2s).at, 61s);
}

TEST(BrokerList, EndpointsStartAtDifferentBrokers) {
  EXPECT_EQ(BrokerList({"a:1", "b:1"}, 7).Next(0ms).index, 1u);
  EXPECT_EQ(BrokerList({"a:1", "b:1"}, 8).Next(0ms).index, 0u);
}

TEST(BrokerList, TheCommandLineNamesWhatIsWrong) {
  EXPECT_EQ(ParseBrokers("a:1,b.example.org:65535").value().size(), 2u);
  for (const char* bad :
       {"", "a", "a:", ":1", "a:0", "a:65536", "a:1,", "a:1,,b:2", "a:x", "a :1", "http://a:1"}) {
    EXPECT_FALSE(ParseBrokers(bad)) << bad;
  }
}

}  // namespace
}  // namespace wardcast::agent
