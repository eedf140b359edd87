// The sign in the tray: whether there is contact, how many notices are open, the downtime
// procedures, a test pop-up. A desktop without a tray has none of it. Threads: UI.
#pragma once

#include <wx/taskbar.h>

#include <functional>
#include <memory>

#include "agent/core/screen.h"

namespace wardcast::agent {

class Tray : public wxTaskBarIcon {
 public:
  // Null where the desktop has no tray.
  static std::unique_ptr<Tray> Make(std::function<void()> open, std::function<void()> procedures,
                                    std::function<void()> test);
  ~Tray() override;

  void Show(const Screen& screen);

 private:
  Tray(std::function<void()> open, std::function<void()> procedures, std::function<void()> test);
  wxMenu* CreatePopupMenu() override;

  std::function<void()> open_;
  std::function<void()> procedures_;
  std::function<void()> test_;
  wxString contact_;
  wxString notices_;
  wxString place_;
  wxString procedures_label_;
  wxString test_label_;
  bool shown_ = false;
  bool connected_ = false;
  bool any_ = false;
  bool any_procedures_ = false;
};

}  // namespace wardcast::agent
