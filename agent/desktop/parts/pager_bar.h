// "‹ 1 of 3 ›" and the next notices by name. Threads: UI.
#pragma once

#include <wx/panel.h>

#include <cstddef>
#include <functional>

#include "agent/desktop/view/sheet.h"

namespace wardcast::agent {

class PagerBar : public wxPanel {
 public:
  PagerBar(wxWindow* parent, std::function<void(std::size_t page)> turned);

  // Hides itself when there is one page, or one side of a notice is open.
  void Show(const Sheet& sheet);
  using wxPanel::Show;

 private:
  std::function<void(std::size_t)> turned_;
};

}  // namespace wardcast::agent
