// One key combination that works whatever program has the focus: Ctrl+Alt+F9 on Windows. On X11
// Ctrl+Shift+F9, because there Ctrl+Alt+F9 is the server's own (virtual terminal 9) and reaches no
// program. Threads: UI.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>

namespace wardcast::agent::native {

class GlobalShortcut {
 public:
  // `pressed` gets the window system's time of the key. Called in the UI thread until this object
  // is gone.
  explicit GlobalShortcut(std::function<void(std::uint32_t time)> pressed);
  ~GlobalShortcut();
  GlobalShortcut(const GlobalShortcut&) = delete;
  GlobalShortcut& operator=(const GlobalShortcut&) = delete;

  // False when another program has the combination, or the window system has none: the buttons then
  // answer to clicks and touch only.
  bool Works() const;

 private:
  struct Grab;
  std::unique_ptr<Grab> grab_;
};

}  // namespace wardcast::agent::native
