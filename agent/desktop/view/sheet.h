// Everything that the window shows at one moment, as values: built from a Screen, compared to see
// whether anything changed, then drawn. Pure; no toolkit.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "agent/core/screen.h"
#include "agent/desktop/view/arrange.h"
#include "agent/desktop/view/band.h"
#include "agent/desktop/view/buttons.h"
#include "agent/desktop/view/lines.h"

namespace wardcast::agent {

// Which side of a notice is open.
enum class Leaf {
  kNotice,
  kAnswers,  // the ward's answers, with initials and role
  kHelp,     // the kinds of help, with initials and role
  kMore,     // reason, ticket and the rest
  kNumbers,  // whom to call, after "Real problem here"
};

// Another notice in the same window: one click away, and named so that it counts as displayed.
struct Tab {
  Band band;
  std::string text;
  std::size_t page = 0;
  friend bool operator==(const Tab&, const Tab&) = default;
};

struct Sheet {
  // At most so many other notices are named beside "1 of 5".
  static constexpr std::size_t kMostTabs = 2;

  WindowKind kind = WindowKind::kNone;
  Language language = Language::kEnglish;  // of the frame
  std::string alert_id;
  int round = 0;
  Leaf leaf = Leaf::kNotice;
  Band band;
  std::string about;     // "System outage", in the band
  std::string place;     // "4 West", in the band
  std::string time;      // "14:07", in the band
  std::size_t page = 0;  // of `pages`, from 0
  std::size_t pages = 0;
  std::vector<Tab> tabs;
  std::vector<Line> lines;
  StatusLine status;
  std::vector<Button> buttons;
  std::string emergency;
  friend bool operator==(const Sheet&, const Sheet&) = default;
};

// `arrangement` must have a window.
Sheet SheetFor(const Screen& screen, const Arrangement& arrangement, Leaf leaf,
               const ButtonRules& rules, bool pressed_here);

// One notice in the strip.
struct StripItem {
  Band band;
  std::string text;
  friend bool operator==(const StripItem&, const StripItem&) = default;
};

struct Strip {
  // So many notices have room for their text; the others are counted in `more`.
  static constexpr std::size_t kMostItems = 3;

  Language language = Language::kEnglish;
  std::vector<StripItem> items;
  std::size_t more = 0;
  std::string contact;  // "No contact with the alert service since 14:07 …"
  bool Empty() const { return items.empty() && contact.empty(); }
  friend bool operator==(const Strip&, const Strip&) = default;
};

Strip StripFor(const Screen& screen, const Arrangement& arrangement);

// The notices whose severity and subject can be read when both are painted: the open page, its
// tabs, the strip's items.
std::vector<std::size_t> NamedInWindow(const Arrangement& arrangement, const Sheet& sheet);
std::vector<std::size_t> NamedInStrip(const Arrangement& arrangement);

}  // namespace wardcast::agent
