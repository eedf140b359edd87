// What the window manager keeps on the root window (EWMH). No X11 header comes in with this file.
// Threads: UI.
#pragma once

#include <cstdint>

namespace wardcast::agent::native {

using WindowId = unsigned long;  // NOLINT(google-runtime-int): X11's own type

// _NET_ACTIVE_WINDOW; 0 when there is none or no window manager.
WindowId ActiveWindowId();
// Asks the window manager, on behalf of the person, to give the focus to this window. `time`: of
// the key or click that this follows from; 0: not known.
void Activate(WindowId window, std::uint32_t time);

}  // namespace wardcast::agent::native
