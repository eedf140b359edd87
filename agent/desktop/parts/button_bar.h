// The rows of buttons under a notice, what became of a press above it, and the emergency number
// under it. Never scrolled, never cut off. Threads: UI.
#pragma once

#include <wx/panel.h>

#include <functional>
#include <vector>

#include "agent/desktop/look/type_scale.h"
#include "agent/desktop/view/sheet.h"

class wxButton;
class wxSizerItem;
class wxSizer;

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
  int LabelHeight(const wxButton& button, int room) const;
  void AddStatus(const StatusLine& status, wxSizer& column);

  std::function<void(Action)> pressed_;
  const TypeScale* scale_ = &kDialogScale;
  std::vector<wxButton*> buttons_;
  wxSizer* rows_ = nullptr;          // filled by FitTo
  wxButton* first_apart_ = nullptr;  // from here on they stand at the right end
  wxSizerItem* emergency_indent_ = nullptr;
  WrappedText* emergency_ = nullptr;
  wxWindow* help_ = nullptr;
  std::vector<WrappedText*> texts_;
};

}  // namespace wardcast::agent
