// Where things are on the screens. Threads: UI.
#pragma once

#include <optional>

#include <wx/gdicmn.h>

class wxTopLevelWindow;

namespace wardcast::agent::native {

// The rectangle of the window in which the person is working; nothing when the window system does
// not say.
std::optional<wxRect> ActiveWindow();

// Reserves the window's own rectangle at the bottom edge, so that no other window is covered by it:
// maximised windows shrink by it. The window must have been shown. `screen` is the whole desktop.
void ReserveBottomEdge(wxTopLevelWindow& window, const wxRect& place, const wxSize& screen);

}  // namespace wardcast::agent::native
