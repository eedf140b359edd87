#include "server/store/sql/gather.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <thread>
#include <vector>

namespace wardcast {
namespace {

using ::testing::Each;
using ::testing::ElementsAre;

struct Numbered {
  int number = 0;
  int written = 0;  // how often
};

TEST(Gather, WhoComesAloneIsWrittenAlone) {
  Gather<Numbered> gather;
  Numbered one{.number = 1};
  std::vector<std::size_t> groups;
  for (int i = 0; i < 3; ++i) {
    gather.Run(one, [&](std::span<Numbered* const> group) {
      groups.push_back(group.size());
      ++group.front()->written;
    });
  }
  EXPECT_THAT(groups, ElementsAre(1, 1, 1));
  EXPECT_EQ(one.written, 3);
}

TEST(Gather, WhoComesWhileOthersAreWrittenIsWrittenWithTheNext) {
  constexpr std::size_t kCallers = 50;
  Gather<Numbered> gather;
  std::vector<Numbered> calls(kCallers);
  std::vector<std::size_t> groups;  // one `write` at a time
  std::atomic<std::size_t> come = 0;
  const auto write = [&](std::span<Numbered* const> group) {
    // Only the first one waits: until all others stand behind it.
    while (groups.empty() && come < kCallers) std::this_thread::yield();
    groups.push_back(group.size());
    for (Numbered* call : group) ++call->written;
  };
  {
    std::vector<std::jthread> threads;
    threads.reserve(kCallers);
    for (std::size_t i = 0; i < kCallers; ++i) {
      threads.emplace_back([&, i] {
        ++come;
        gather.Run(calls[i], write);
        EXPECT_EQ(calls[i].written, 1) << "it returned before it was written";
      });
    }
  }
  EXPECT_LT(groups.size(), kCallers);
  for (const std::size_t size : groups) EXPECT_LE(size, Gather<Numbered>::kMost);
  EXPECT_THAT(calls, Each(::testing::Field(&Numbered::written, 1)));
}

}  // namespace
}  // namespace wardcast
