// The band: shape, word of severity, what it is about; ward and time at the right end. The window
// is dragged by it. Threads: UI.
#pragma once

#include <wx/panel.h>

#include <functional>
#include <string>

#include "agent/desktop/look/type_scale.h"
#include "agent/desktop/view/sheet.h"

class wxStaticText;

namespace wardcast::agent {

class BandPanel : public wxPanel {
 public:
  // `painted` is called after each painting, when it is on the screen; `dragged` with the distance
  // in pixels.
  BandPanel(wxWindow* parent, std::function<void()> painted,
            std::function<void(const wxPoint&)> dragged);

  void Show(const Sheet& sheet);
  using wxPanel::Show;

 private:
  void Paint();
  void DragBy(wxWindow& part);
  void Drag(wxMouseEvent& event);

  std::function<void()> painted_;
  std::function<void(const wxPoint&)> dragged_;
  Band band_;
  const TypeScale* scale_ = &kDialogScale;
  wxStaticText* word_ = nullptr;
  wxStaticText* about_ = nullptr;
  wxStaticText* place_ = nullptr;
  wxStaticText* time_ = nullptr;
  wxPoint grip_;
};

}  // namespace wardcast::agent
