// What native controls can do beyond what wxWidgets asks of them. Threads: UI.
#pragma once

#include <string>

class wxButton;
class wxStaticText;
class wxWindow;

namespace wardcast::agent::native {

// The text's font counts in measuring at once, not only when the window is first drawn.
void UseFontNow(wxStaticText& text);
// Breaks lines at words, and inside words that are longer than a line; scripts without spaces too.
void WrapAnywhere(wxStaticText& text);
// One line, its end replaced by "…" when there is no room.
void CutAtEnd(wxStaticText& text);
// The height that a wrapped text needs at this width, in pixels.
int HeightForWidth(wxStaticText& text, int width);

// Draws the button as the suggested answer, in the way of the system's theme.
void MarkSuggested(wxButton& button);
// Draws the button as chosen, or not.
void MarkChosen(wxButton& button, bool chosen);
// A label that is too long takes a second and a third line instead of being cut off.
void WrapLabel(wxButton& button);
// A label that is too long is cut with "…".
void CutLabel(wxButton& button);
// The name that screen readers say instead of the label.
void SetSpokenName(wxWindow& window, const std::string& name);
// Scroll bars stay visible and take their own room, so that a person sees that there is more.
void KeepScrollBarsVisible(wxWindow& scrolled);

// Before the toolkit starts: chooses X11 (under Wayland XWayland), where a window can place itself
// and stay on top. False when there is no display.
bool OpenDisplay();

}  // namespace wardcast::agent::native
