#include "agent/core/reports/screen_report.h"

#include <algorithm>
#include <utility>

namespace wardcast::agent {

v1::ScreenState::Value ToWire(ScreenState state) {
  switch (state) {
    case ScreenState::kUnknown:
      break;
    case ScreenState::kUnlocked:
      return v1::ScreenState::UNLOCKED;
    case ScreenState::kLocked:
      return v1::ScreenState::LOCKED;
    case ScreenState::kNobody:
      return v1::ScreenState::NOBODY;
  }
  return v1::ScreenState::UNSPECIFIED;
}

void ScreenReport::Changed(ScreenState state, Elapsed now) {
  if (state == ScreenState::kUnknown || state == state_) return;
  // A further change does not put off what waits already.
  if (state_ == told_) due_ = std::max(due_, now + kSettles);
  state_ = state;
}

ScreenState ScreenReport::Greet() {
  told_ = state_;
  under_way_.reset();
  due_ = Elapsed{0};
  return state_;
}

std::optional<Elapsed> ScreenReport::NextAt() const {
  if (under_way_ || state_ == told_) return std::nullopt;
  return due_;
}

std::optional<ScreenState> ScreenReport::Take() {
  if (under_way_ || state_ == told_) return std::nullopt;
  under_way_ = state_;
  return under_way_;
}

void ScreenReport::Settle() {
  if (const auto told = std::exchange(under_way_, std::nullopt)) told_ = *told;
}

void ScreenReport::Failed(Elapsed again) {
  if (std::exchange(under_way_, std::nullopt)) due_ = again;
}

}  // namespace wardcast::agent
