// What the broker was told of the screen, and when it has to be told anew.
#pragma once

#include <optional>

#include "agent/core/moment.h"
#include "agent/core/screen_state.h"
#include "wardcast/v1/endpoint_service.pb.h"

namespace wardcast::agent {

v1::ScreenState::Value ToWire(ScreenState state);

// Threads: one at a time.
class ScreenReport {
 public:
  // A change waits so long: a screen that is locked by accident is unlocked at once.
  static constexpr std::chrono::milliseconds kSettles{1'000};

  // The screen is so now. kUnknown changes nothing: who knew it once goes on believing it.
  void Changed(ScreenState state, Elapsed now);

  // A subscription begins; what is returned is said with it, and so is told.
  ScreenState Greet();

  // When a report is due by itself; nullopt: the broker knows, or is being told.
  std::optional<Elapsed> NextAt() const;
  // What the next report says of the screen, also one that goes before NextAt; nullopt: nothing.
  // Followed by exactly one of Settle and Failed.
  std::optional<ScreenState> Take();
  // The broker answered. Means nothing if a subscription began since, and neither does Failed.
  void Settle();
  // The call failed: told again at `again`.
  void Failed(Elapsed again);

 private:
  ScreenState state_ = ScreenState::kUnknown;
  ScreenState told_ = ScreenState::kUnknown;
  std::optional<ScreenState> under_way_;
  Elapsed due_{0};  // if state_ differs from told_
};

}  // namespace wardcast::agent
