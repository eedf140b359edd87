#include "agent/desktop/view/screen_judge.h"

#include <algorithm>

namespace wardcast::agent {

void ScreenJudge::SaverSays(const std::string& name, bool covers) {
  savers_[name] = covers;
  was_covered_ |= Covered();
}

void ScreenJudge::SaverGone(const std::string& name) { savers_.erase(name); }

void ScreenJudge::SessionSays(const Session& session) {
  session_ = session;
  was_covered_ |= Covered();
}

bool ScreenJudge::Covered() const {
  if (session_ && (session_->locked_hint || !session_->active)) return true;
  return std::ranges::any_of(savers_, [](const auto& saver) { return saver.second; });
}

ScreenState ScreenJudge::state() const {
  if (session_ && session_->greeter) return ScreenState::kNobody;
  if (Covered()) return ScreenState::kLocked;
  return savers_.empty() && !was_covered_ ? ScreenState::kUnknown : ScreenState::kUnlocked;
}

}  // namespace wardcast::agent
