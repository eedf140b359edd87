#include "agent/desktop/dialog_size.h"

#include <gtest/gtest.h>

#include "agent/desktop/look/share_width.h"

namespace wardcast::agent {
namespace {

TEST(DialogSize, CoversAtMostFortyFivePercentOfItsMonitor) {
  for (const Extent monitor : {Extent{1366, 768}, Extent{1920, 1080}, Extent{1024, 768},
                               Extent{1080, 1920}, Extent{3840, 2160}}) {
    for (const double scale : {1.0, 2.0}) {
      for (const int width : DialogWidths(monitor, scale)) {
        const int height = LargestDialogHeight(monitor, width);
        EXPECT_LE(width, monitor.width);
        EXPECT_LE(height, monitor.height);
        EXPECT_LE(static_cast<double>(width) * height, 0.45 * monitor.width * monitor.height);
      }
    }
  }
}

TEST(ShareWidth, LeavesEverythingAsItIsWhileItFits) {
  EXPECT_EQ(ShareWidth({100, 200}, 300, 10), (std::vector<int>{100, 200}));
}

TEST(ShareWidth, TheWidestGiveWay) {
  EXPECT_EQ(ShareWidth({100, 500}, 300, 10), (std::vector<int>{100, 200}));
  EXPECT_EQ(ShareWidth({400, 500}, 300, 10), (std::vector<int>{150, 150}));
}

TEST(ShareWidth, NobodyGetsLessThanTheLeast) {
  EXPECT_EQ(ShareWidth({400, 500}, 20, 60), (std::vector<int>{60, 60}));
}

}  // namespace
}  // namespace wardcast::agent
