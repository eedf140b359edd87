// Learns whether somebody can see this session's screen: from the desktop's screen savers and lock
// screens on the session's bus, and from systemd-logind on the system's. Starts no bus and no
// program. Threads: UI.
#pragma once

#include <functional>
#include <memory>

#include "agent/core/screen_state.h"

namespace wardcast::agent::native {

class ScreenWatch {
 public:
  // `changed` gets the state as soon as something here knows it, and at each change; never from
  // inside the constructor. Called in the UI thread until this object is gone.
  explicit ScreenWatch(std::function<void(ScreenState)> changed);
  ~ScreenWatch();
  ScreenWatch(const ScreenWatch&) = delete;
  ScreenWatch& operator=(const ScreenWatch&) = delete;

 private:
  class Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace wardcast::agent::native
