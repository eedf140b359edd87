// The sign in the tray: whether there is contact, how many notices are open, a test pop-up. A
// desktop without a tray has none, and nothing else is missing. Threads: UI.
#pragma once

#include <wx/taskbar.h>

#include <functional>
#include <memory>

#include "agent/core/screen.h"

namespace wardcast::agent {

class Tray : public wxTaskBarIcon {
 public:
  // Null where the desktop has no tray.
  static std::unique_ptr<Tray> Make(std::function<void()> open, std::function<void()> test);
  ~Tray() override;

  void Show(const Screen& screen);

 private:
  Tray(std::function<void()> open, std::function<void()> test);
  wxMenu* CreatePopupMenu() override;

  std::function<void()> open_;
  std::function<void()> test_;
  wxString contact_;
  wxString notices_;
  wxString place_;
  wxString test_label_;
  bool shown_ = false;
  bool connected_ = false;
  bool any_ = false;
};

}  // namespace wardcast::agent
