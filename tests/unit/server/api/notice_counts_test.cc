#include "server/api/figures/notice_counts.h"

#include <gtest/gtest.h>

#include "tests/unit/server/api/api_scene.h"

namespace wardcast {
namespace {

class NoticeCountsTest : public testing::ApiScene {
 protected:
  // One that interrupts, and is not so grave that it counts for nothing.
  void PublishModerate() {
    v1::Alert alert = testing::MakeAlert("", 0, {"4w"});
    alert.clear_id();
    alert.set_severity(v1::Severity::MODERATE);
    *alert.mutable_published_at()->mutable_at() = ToTimestamp(clock_.Now());
    Put(std::move(alert));
  }
  static int Of(NoticeCounts& counts) {
    const auto read = counts.Read();
    EXPECT_TRUE(read);
    if (!read || !(*read)->contains("4w")) return 0;
    return (*read)->at("4w");
  }
};

TEST_F(NoticeCountsTest, WhoAsksWithinTheTimeSharesWhatWasCounted) {
  NoticeCounts counts(*store_, clock_, std::chrono::hours(1));
  PublishModerate();
  EXPECT_EQ(Of(counts), 1);
  PublishModerate();
  EXPECT_EQ(Of(counts), 1);
}

TEST_F(NoticeCountsTest, AfterThatTheStoreIsAskedAgain) {
  NoticeCounts counts(*store_, clock_, std::chrono::milliseconds(0));
  EXPECT_EQ(Of(counts), 0);
  PublishModerate();
  EXPECT_EQ(Of(counts), 1);
  PublishModerate();
  EXPECT_EQ(Of(counts), 2);
  clock_.Advance(std::chrono::days(8));
  EXPECT_EQ(Of(counts), 0);
}

}  // namespace
}  // namespace wardcast
