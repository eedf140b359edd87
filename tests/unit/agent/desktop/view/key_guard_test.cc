#include "agent/desktop/view/key_guard.h"

#include <gtest/gtest.h>

namespace wardcast::agent {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

const Moment kStart = Moment{} + std::chrono::hours(1);

class KeyGuardTest : public ::testing::Test {
 protected:
  Moment At(milliseconds after) const { return kStart + after; }
  KeyGuard guard_;
};

TEST_F(KeyGuardTest, AClickCountsOneSecondAfterTheWindowAppeared) {
  guard_.Changed(At(milliseconds(0)));
  EXPECT_FALSE(guard_.PressCounts(At(milliseconds(999))));
  EXPECT_TRUE(guard_.PressCounts(At(milliseconds(1000))));
}

TEST_F(KeyGuardTest, AChangeStartsTheSecondAnew) {
  guard_.Changed(At(milliseconds(0)));
  guard_.Changed(At(milliseconds(900)));
  EXPECT_FALSE(guard_.PressCounts(At(milliseconds(1500))));
}

TEST_F(KeyGuardTest, APageThatThePersonTurnedWaitsForDoubleClicksOnly) {
  guard_.Turned(At(milliseconds(0)));
  EXPECT_FALSE(guard_.PressCounts(At(milliseconds(300))));
  EXPECT_TRUE(guard_.PressCounts(At(milliseconds(400))));
}

TEST_F(KeyGuardTest, TurningAPageDoesNotShortenTheSecond) {
  guard_.Changed(At(milliseconds(0)));
  guard_.Turned(At(milliseconds(100)));
  EXPECT_FALSE(guard_.PressCounts(At(milliseconds(800))));
}

TEST_F(KeyGuardTest, NoKeyCountsWithoutTheShortcut) {
  for (const Key key : {Key::kMove, Key::kPress, Key::kLater, Key::kOther}) {
    EXPECT_FALSE(guard_.KeyCounts(key, kStart));
  }
}

TEST_F(KeyGuardTest, AfterTheShortcutKeysCountUntilTheFocusIsLost) {
  guard_.Arm(kStart);
  EXPECT_TRUE(guard_.KeyCounts(Key::kMove, kStart));
  EXPECT_TRUE(guard_.KeyCounts(Key::kPress, kStart));
  EXPECT_TRUE(guard_.KeyCounts(Key::kLater, kStart));
  guard_.Disarm();
  EXPECT_FALSE(guard_.KeyCounts(Key::kPress, kStart));
}

TEST_F(KeyGuardTest, KeysWaitForTheSecondToo) {
  guard_.Changed(kStart);
  guard_.Arm(kStart);
  EXPECT_TRUE(guard_.KeyCounts(Key::kMove, At(milliseconds(10))));
  EXPECT_FALSE(guard_.KeyCounts(Key::kPress, At(milliseconds(10))));
  EXPECT_TRUE(guard_.KeyCounts(Key::kPress, At(milliseconds(1010))));
}

TEST_F(KeyGuardTest, AScannersBurstPressesNothingAlthoughTheShortcutWasPressed) {
  guard_.Arm(kStart);
  for (int digit = 0; digit < 12; ++digit) {
    EXPECT_FALSE(guard_.KeyCounts(Key::kOther, At(milliseconds(5 * digit))));
  }
  EXPECT_FALSE(guard_.KeyCounts(Key::kPress, At(milliseconds(65))));
  EXPECT_TRUE(guard_.KeyCounts(Key::kPress, At(milliseconds(2000))));
}

TEST_F(KeyGuardTest, TheShortcutWearsOffWithoutKeys) {
  guard_.Arm(kStart);
  EXPECT_TRUE(guard_.KeyCounts(Key::kMove, kStart + seconds(59)));
  EXPECT_TRUE(guard_.KeyCounts(Key::kPress, kStart + seconds(110)));
  EXPECT_FALSE(guard_.KeyCounts(Key::kPress, kStart + seconds(171)));
  EXPECT_FALSE(guard_.Armed(kStart + seconds(171)));
}

}  // namespace
}  // namespace wardcast::agent
