// The downtime procedures of this PC's ward, for who asks for them in the tray: an ordinary window,
// which takes the focus and can be closed. Opens without a broker. Threads: UI.
#pragma once

#include <wx/frame.h>

#include <vector>

#include "agent/core/screen.h"

class wxListBox;
class wxTextCtrl;

namespace wardcast::agent {

class ProcedureWindow : public wxFrame {
 public:
  ProcedureWindow();

  // In place, with the same procedure open if it is still there. Does not bring the window up.
  void ShowProcedures(const std::vector<Procedure>& procedures, Language language);
  // Brings it up.
  void Open();

 private:
  void ShowChosen();

  std::vector<Procedure> procedures_;
  wxListBox* titles_ = nullptr;
  wxTextCtrl* text_ = nullptr;
};

}  // namespace wardcast::agent
