#include "agent/desktop/view/key_guard.h"

#include <algorithm>

namespace wardcast::agent {

void KeyGuard::Changed(Moment now) { settled_at_ = std::max(settled_at_, now + kSettle); }

void KeyGuard::Turned(Moment now) { settled_at_ = std::max(settled_at_, now + kTurned); }

void KeyGuard::Arm(Moment now) {
  armed_ = true;
  last_key_ = now;
}

bool KeyGuard::KeyCounts(Key key, Moment now) {
  const bool armed = Armed(now);
  if (armed) last_key_ = now;
  const bool burst = any_other_ && now - last_other_ < kSettle;
  if (key == Key::kOther) {
    last_other_ = now;
    any_other_ = true;
    return false;
  }
  if (!armed) return false;
  // Moving the focus harms nobody, so it need not wait.
  if (key == Key::kMove) return true;
  return PressCounts(now) && !burst;
}

}  // namespace wardcast::agent
