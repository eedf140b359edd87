#include "agent/cli/notice/together.h"

#include <gtest/gtest.h>

namespace wardcast::cli {
namespace {

TEST(NamesTogether, ReadLikeASentence) {
  EXPECT_EQ(Together({}), "");
  EXPECT_EQ(Together({"A"}), "A");
  EXPECT_EQ(Together({"A", "B"}), "A and B");
  EXPECT_EQ(Together({"A", "B", "C"}), "A, B and C");
}

}  // namespace
}  // namespace wardcast::cli
