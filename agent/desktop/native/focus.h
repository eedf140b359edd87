// Keyboard focus of our windows: they never take it by themselves, also not by a click, so that
// what a scanner or a person types goes on to the program that had it. Threads: UI.
#pragma once

#include <cstdint>

class wxTopLevelWindow;

namespace wardcast::agent::native {

// Must be called before the window is first shown.
void NeverTakesFocus(wxTopLevelWindow& window);
// Takes the focus, because the person pressed the global shortcut at `time` (of the window system's
// clock). Remembers who had it.
void TakeFocus(wxTopLevelWindow& window, std::uint32_t time);
// Gives it back to whoever had it before TakeFocus; never takes it again by itself.
void GiveFocusBack(wxTopLevelWindow& window);

// Marks the window as a bar at the screen's edge (a dock). Before it is first shown.
void MarkAsBar(wxTopLevelWindow& window);

}  // namespace wardcast::agent::native
