// Decides what of a Screen is in the window and what is in the strip, from what a person did here.
// Pure: time is an argument, and the result says when to ask again.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "agent/core/screen.h"
#include "agent/desktop/view/displayed_once.h"
#include "agent/desktop/view/key_guard.h"
#include "agent/desktop/view/later.h"

namespace wardcast::agent {

enum class WindowKind { kNone, kToast, kDialog };

// What the person at this PC did to the window; not known to the station.
struct Person {
  LaterBook later;
  bool opened = false;    // clicked the strip: all notices are in the window until it is closed
  bool enlarged = false;  // asked a toast for more than it has room for: choices, ⓘ
  std::string reading;    // alert id of the page that is open; empty: the first
  DisplayedOnce met;      // pages that the window has had, to find new ones
};

struct Arrangement {
  WindowKind window = WindowKind::kNone;
  // Indices into Screen::notices. `pages` are in the window, in order; empty exactly when there is
  // none.
  std::vector<std::size_t> pages;
  std::size_t current = 0;          // index into `pages`
  std::vector<std::size_t> strip;   // named in the strip; empty and no contact message: no strip
  std::optional<Moment> ask_again;  // when a "Later" ends
};

// A page that is new and more severe than the one being read comes to the front, and a real one
// before a drill of the same severity or one that is over, never a drill before a real one;
// otherwise the person stays on hers. Updates `person`: forgets what is gone, notes the pages as
// met, and sets `reading`. TAKEOVER is shown as a DIALOG.
Arrangement Arrange(const Screen& screen, Person& person, Moment now);

}  // namespace wardcast::agent
