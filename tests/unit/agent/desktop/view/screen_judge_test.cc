#include "agent/desktop/view/screen_judge.h"

#include <gtest/gtest.h>

namespace wardcast::agent {
namespace {

constexpr char kSaver[] = "org.gnome.ScreenSaver";
constexpr char kOther[] = "org.freedesktop.ScreenSaver";

TEST(ScreenJudge, WhereNobodySpeaksNothingIsKnown) {
  ScreenJudge judge;
  EXPECT_EQ(judge.state(), ScreenState::kUnknown);
  judge.SessionSays({});
  EXPECT_EQ(judge.state(), ScreenState::kUnknown) << "a desktop that never sets the hint";
}

TEST(ScreenJudge, AScreenSaverThatIsThereKnows) {
  ScreenJudge judge;
  judge.SaverSays(kSaver, false);
  EXPECT_EQ(judge.state(), ScreenState::kUnlocked);
  judge.SaverSays(kSaver, true);
  EXPECT_EQ(judge.state(), ScreenState::kLocked);
  judge.SaverSays(kSaver, false);
  EXPECT_EQ(judge.state(), ScreenState::kUnlocked);
}

TEST(ScreenJudge, OneThatCoversIsEnough) {
  ScreenJudge judge;
  judge.SaverSays(kSaver, true);
  judge.SaverSays(kOther, false);
  judge.SessionSays({});
  EXPECT_EQ(judge.state(), ScreenState::kLocked);
  judge.SaverGone(kSaver);
  EXPECT_EQ(judge.state(), ScreenState::kUnlocked);
}

TEST(ScreenJudge, ALockScreenThatCrashesLeavesTheScreenOpen) {
  ScreenJudge judge;
  judge.SaverSays(kSaver, true);
  judge.SaverGone(kSaver);
  EXPECT_EQ(judge.state(), ScreenState::kUnlocked);
}

TEST(ScreenJudge, AHintThatWasSetOnceIsBelieved) {
  ScreenJudge judge;
  judge.SessionSays({.locked_hint = true, .active = true, .greeter = false});
  EXPECT_EQ(judge.state(), ScreenState::kLocked);
  judge.SessionSays({});
  EXPECT_EQ(judge.state(), ScreenState::kUnlocked);
}

TEST(ScreenJudge, ASessionWithoutTheScreenIsSeenByNobodyOfIt) {
  ScreenJudge judge;
  judge.SaverSays(kSaver, false);
  judge.SessionSays({.locked_hint = false, .active = false, .greeter = false});
  EXPECT_EQ(judge.state(), ScreenState::kLocked);
}

TEST(ScreenJudge, WherePeopleSignInNobodyIsSignedIn) {
  ScreenJudge judge;
  judge.SessionSays({.locked_hint = false, .active = true, .greeter = true});
  EXPECT_EQ(judge.state(), ScreenState::kNobody);
}

}  // namespace
}  // namespace wardcast::agent
