// Holds the windows of this PC to what the station wants shown and what the person did: the
// composition of the presenter's pure parts (view/) with its windows. Threads: UI.
#pragma once

#include <wx/timer.h>

#include <map>
#include <memory>
#include <optional>
#include <string>

#include "agent/core/screen.h"
#include "agent/desktop/native/global_shortcut.h"
#include "agent/desktop/native/screen_watch.h"
#include "agent/desktop/notice_window.h"
#include "agent/desktop/view/arrange.h"
#include "agent/desktop/view/displayed_once.h"
#include "agent/desktop/view/sheet.h"

namespace wardcast::agent {

class ProcedureWindow;
class StripWindow;
class Tray;

class Stage final : private NoticeWindow::Listener {
 public:
  explicit Stage(PresenterEvents& events);
  ~Stage() override;

  // Replaces what was there before.
  void Show(std::shared_ptr<const Screen> screen);

 private:
  // Why the window is drawn again: what changes by itself under a person's hand must not catch her
  // next click.
  enum class Cause { kByItself, kByPerson };

  void Pressed(Action action, const std::string& initials, const std::string& role) override;
  void TurnTo(std::size_t page) override;
  bool KeyPressed(Key key) override;
  void Painted() override;
  void LostFocus() override;

  void Draw(Cause cause);
  void DrawWindow(Cause cause);
  void DrawStrip();
  void OpenFromStrip();
  void OpenProcedures();
  void ShortcutPressed(std::uint32_t time);
  void StripPainted();
  void ReportDisplayed(const std::vector<std::size_t>& named);
  void ScreenChanged(ScreenState state);
  void Escape();
  void AskAgainLater();
  void ShowTest();
  // The notice in the window; null when there is none.
  const Notice* Current() const;
  bool IsTest(const Notice& notice) const;

  PresenterEvents& events_;
  std::shared_ptr<const Screen> received_;
  Screen screen_;  // `received_` and the test pop-up
  std::optional<Notice> test_;
  int tests_ = 0;

  Person person_;
  KeyGuard guard_;
  DisplayedOnce displayed_;
  ScreenState screen_state_ = ScreenState::kUnknown;
  std::map<std::string, bool>
      pressed_;  // alert ids: pressed here, the station has not answered yet
  Leaf leaf_ = Leaf::kNotice;
  Arrangement arrangement_;
  Sheet sheet_;  // as drawn

  NoticeWindow* window_ = nullptr;  // destroyed by the toolkit
  StripWindow* strip_ = nullptr;
  ProcedureWindow* procedures_ = nullptr;
  std::unique_ptr<Tray> tray_;
  native::GlobalShortcut shortcut_;
  native::ScreenWatch watch_;
  wxTimer timer_;
};

}  // namespace wardcast::agent
