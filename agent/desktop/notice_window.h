// The one window for all notices: a dialog in the middle of the monitor where the person works, or
// a toast in its corner. Stays on top, takes no focus by itself, has no title bar and no close
// button. Threads: UI.
#pragma once

#include <wx/frame.h>
#include <wx/panel.h>

#include <cstdint>
#include <string>

#include "agent/desktop/view/key_guard.h"
#include "agent/desktop/view/sheet.h"

namespace wardcast::agent {

class BandPanel;
class BodyPanel;
class ButtonBar;
class PagerBar;

class NoticeWindow : public wxFrame {
 public:
  // Called in the UI thread, never from inside a call to the window.
  class Listener {
   public:
    virtual ~Listener() = default;
    // A button; `initials` and `role` are empty unless an answer's side was open and the person
    // said so.
    virtual void Pressed(Action action, const std::string& initials, const std::string& role) = 0;
    virtual void TurnTo(std::size_t page) = 0;
    // A key; true: the toolkit may act on it.
    virtual bool KeyPressed(Key key) = 0;
    // What the window shows is on the screen.
    virtual void Painted() = 0;
    virtual void LostFocus() = 0;
  };

  explicit NoticeWindow(Listener& listener);

  // Shows the sheet: in place if the window is open, else where the person works. Takes no focus.
  void ShowSheet(const Sheet& sheet);
  // Off the screen; remembers nothing.
  void TakeAway();

  // The person pressed the global shortcut.
  void TakeKeyboard(std::uint32_t time);
  void GiveKeyboardBack();

 private:
  struct Heights {
    int band = 0;
    int pager = 0;
    int body = 0;
    int buttons = 0;
    int border = 0;   // on each side
    int missing = 0;  // of the body: it scrolls
    int Whole() const { return band + pager + body + buttons + 2 * border; }
  };

  // Wraps everything to this width; the body gets what is left of `most`.
  Heights Measure(const Sheet& sheet, int width, int most);
  void PutParts(const Heights& heights, int width);
  // At the first showing, and when a toast becomes a dialog or back, the window finds its place
  // anew.
  void Place(const Sheet& sheet, bool anew);
  wxRect WhereThePersonWorks() const;
  void OnKey(wxKeyEvent& event);
  void PaintFrame();

  Listener& listener_;
  wxPanel* frame_ = nullptr;
  BandPanel* band_ = nullptr;
  PagerBar* pager_ = nullptr;
  BodyPanel* body_ = nullptr;
  ButtonBar* buttons_ = nullptr;
  WindowKind kind_ = WindowKind::kNone;
  Band frame_band_;
  wxRect monitor_;
};

}  // namespace wardcast::agent
