#include "base/memo.h"

#include <gtest/gtest.h>

namespace wardcast {
namespace {

TEST(Memo, MakesTheSameOnce) {
  Memo memo(2);
  int made = 0;
  const auto make = [&] { return ++made; };
  const auto first = memo.Get<int>("a", make);
  EXPECT_EQ(*first, 1);
  EXPECT_EQ(memo.Get<int>("a", make), first);
  EXPECT_EQ(made, 1);
}

TEST(Memo, ForgetsWhatWasNotAskedForLongest) {
  Memo memo(2);
  int made = 0;
  const auto make = [&] { return ++made; };
  const auto kept = memo.Get<int>("a", make);
  memo.Get<int>("b", make);
  memo.Get<int>("a", make);
  memo.Get<int>("c", make);  // "b" goes
  EXPECT_EQ(*memo.Get<int>("a", make), 1);
  EXPECT_EQ(*memo.Get<int>("b", make), 4);
  EXPECT_EQ(*kept, 1);  // whoever has it keeps it
}

}  // namespace
}  // namespace wardcast
