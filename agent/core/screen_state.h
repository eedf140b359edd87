// Whether somebody can see what this endpoint shows. Knows no protocol, so that presenters can say
// it.
#pragma once

namespace wardcast::agent {

enum class ScreenState {
  kUnknown,   // nothing here knows; the broker judges by what is displayed
  kUnlocked,  // a person is signed in, and nothing covers the screen
  kLocked,    // locked, covered by a screen saver, or another session has the screen
  kNobody,    // nobody is signed in
};

// Nobody can see it: what is painted is not displayed.
constexpr bool IsCovered(ScreenState state) {
  return state == ScreenState::kLocked || state == ScreenState::kNobody;
}

}  // namespace wardcast::agent
