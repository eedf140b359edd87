// The row of buttons under a notice, what became of a press above it, and the emergency number
// under it. Never scrolled, never cut off. Threads: UI.
#pragma once

#include <wx/panel.h>

#include <functional>
#include <vector>

#include "agent/desktop/look/type_scale.h"
#include "agent/desktop/view/sheet.h"

class wxButton;
class wxSizerItem;

namespace wardcast::agent {

class WrappedText;

class ButtonBar : public wxPanel {
 public:
  ButtonBar(wxWindow* parent, std::function<void(Action)> pressed);

  void Show(const Sheet& sheet);
  using wxPanel::Show;
  // Lays the row out for this width and returns the height that it takes, in pixels.
  int FitTo(int width);
  // The first button gets the keyboard, after the global shortcut.
  void FocusFirst();

 private:
  void AddStatus(const StatusLine& status, wxSizer& column);

  std::function<void(Action)> pressed_;
  const TypeScale* scale_ = &kDialogScale;
  std::vector<wxButton*> buttons_;
  wxSizerItem* emergency_indent_ = nullptr;
  wxWindow* emergency_ = nullptr;
  wxWindow* help_ = nullptr;
  std::vector<WrappedText*> texts_;
};

}  // namespace wardcast::agent
