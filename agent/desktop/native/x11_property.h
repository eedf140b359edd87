// What the window manager keeps on the root window (EWMH). No X11 header comes in with this file.
// Threads: UI.
#pragma once

namespace wardcast::agent::native {

using WindowId = unsigned long;  // NOLINT(google-runtime-int): X11's own type

// _NET_ACTIVE_WINDOW; 0 when there is none or no window manager.
WindowId ActiveWindowId();
// Asks the window manager to give the focus to this window.
void Activate(WindowId window);

}  // namespace wardcast::agent::native
