// Decides whether a click or a key may press a button. A bar-code scanner types like a keyboard and
// ends with Enter, and a window that appears under the pointer catches a click that was meant for
// the chart: neither may answer a notice.
//
// Rules: a click counts from 1 s after the window appeared or changed (a third of a second after a
// page that the person turned herself, against double clicks). Keys count only after the global
// shortcut, under the same 1 s; the shortcut wears off after 60 s without a key; and Enter or space
// never counts within 1 s of a key that means nothing here, so that a scanner's burst presses
// nothing even then.
//
// Pure: time is an argument. Threads: one.
#pragma once

#include <chrono>

namespace wardcast::agent {

using Moment = std::chrono::steady_clock::time_point;

enum class Key {
  kMove,   // Tab, arrows, page keys: moves the focus or scrolls
  kPress,  // Enter, space: presses the button that has the focus
  kLater,  // Esc
  kOther,  // everything else; means nothing here
};

class KeyGuard {
 public:
  static constexpr std::chrono::milliseconds kSettle{1000};
  static constexpr std::chrono::milliseconds kTurned{350};
  static constexpr std::chrono::seconds kWearsOff{60};

  // The window appeared, or what it says changed by itself.
  void Changed(Moment now);
  // The person turned a page.
  void Turned(Moment now);
  // The global shortcut was pressed: keys count from now on.
  void Arm(Moment now);
  // The window lost the focus or went away.
  void Disarm() { armed_ = false; }

  // False also when the shortcut has worn off.
  bool Armed(Moment now) const { return armed_ && now - last_key_ < kWearsOff; }
  // May a click or touch press a button now?
  bool PressCounts(Moment now) const { return now >= settled_at_; }
  // May this key act now? Also notes the key, so call it for every key.
  bool KeyCounts(Key key, Moment now);

 private:
  bool armed_ = false;
  Moment settled_at_{};
  Moment last_key_{};
  Moment last_other_{};
  bool any_other_ = false;
};

}  // namespace wardcast::agent
