// The strip: a bar at the bottom edge, reserved so that it covers nothing. Names the notices that
// are not in the window, and says when contact is lost. Never scrolls, takes no focus. Threads: UI.
#pragma once

#include <wx/frame.h>
#include <wx/panel.h>

#include <functional>

#include "agent/desktop/view/sheet.h"

namespace wardcast::agent {

class StripWindow : public wxFrame {
 public:
  // `opened`: a person clicked it. `painted`: what it shows is on the screen.
  StripWindow(std::function<void()> opened, std::function<void()> painted);

  void ShowStrip(const Strip& strip);
  // Off the screen; the edge is given back.
  void TakeAway();

 private:
  void Fill(const Strip& strip);
  void Place();
  // High enough for the text at the size that the person has chosen.
  int Height() const;

  std::function<void()> opened_;
  std::function<void()> painted_;
  wxPanel* ground_ = nullptr;
  Strip strip_;
};

}  // namespace wardcast::agent
