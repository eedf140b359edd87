// A broker keeps its id over restarts, so that its rows stay its own and do not grow with each.
#include "server/broker/broker_id.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "base/ulid.h"

namespace wardcast {
namespace {

class BrokerIdTest : public ::testing::Test {
 protected:
  BrokerIdTest() { std::filesystem::create_directories(folder_); }
  ~BrokerIdTest() override { std::filesystem::remove_all(folder_); }
  const std::filesystem::path folder_ =
      std::filesystem::temp_directory_path() / ("wardcast-id-" + std::to_string(getpid()));
  const TimePoint now_ = SystemClock().Now();
};

TEST_F(BrokerIdTest, IsMadeOnceAndKept) {
  const auto first = EnsureBrokerId(folder_, now_);
  ASSERT_TRUE(first);
  EXPECT_TRUE(IsUlid(*first));
  EXPECT_EQ(EnsureBrokerId(folder_, now_ + std::chrono::hours(1)).value_or(""), *first);
  EXPECT_EQ(std::filesystem::status(folder_ / "broker.id").permissions(),
            std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
}

TEST_F(BrokerIdTest, RubbishIsRefusedWithWhatToDo) {
  std::ofstream(folder_ / "broker.id") << "rubbish\n";
  const auto id = EnsureBrokerId(folder_, now_);
  ASSERT_FALSE(id);
  EXPECT_EQ(id.error().code, Code::kFailedPrecondition);
  EXPECT_THAT(id.error().message, ::testing::HasSubstr("remove it"));
}

TEST_F(BrokerIdTest, AFolderThatCannotBeReadIsAnError) {
  EXPECT_FALSE(EnsureBrokerId(folder_ / "not" / "there", now_));
}

}  // namespace
}  // namespace wardcast
