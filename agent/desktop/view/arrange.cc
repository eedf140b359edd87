#include "agent/desktop/view/arrange.h"

#include <algorithm>

namespace wardcast::agent {
namespace {

bool WantsWindow(const Notice& notice, const Person& person, Moment now) {
  if (person.opened) return true;
  return notice.presentation != Presentation::kTicker && !notice.seen &&
         !person.later.Paused(notice, now);
}

WindowKind KindOf(const Notice& notice) {
  switch (notice.presentation) {
    case Presentation::kTicker:  // opened from the strip
    case Presentation::kDialog:
    case Presentation::kTakeover:
      return WindowKind::kDialog;
    case Presentation::kToast:
      return WindowKind::kToast;
  }
  return WindowKind::kDialog;
}

// Whether a notice that is new is put before the one that is being read.
bool Outranks(const Notice& one, const Notice& other) {
  if (one.exercise && !other.exercise) return false;
  // "The next notice is real": here it is.
  if (!one.exercise && other.exercise && other.phase == Phase::kDrillOver) return true;
  if (one.severity == other.severity) return !one.exercise && other.exercise;
  return one.severity > other.severity;
}

}  // namespace

Arrangement Arrange(const Screen& screen, Person& person, Moment now) {
  person.later.KeepOnly(screen);
  person.met.KeepOnly(screen);
  if (screen.notices.empty()) person.opened = false;

  Arrangement arrangement;
  arrangement.ask_again = person.later.NextEnd(now);
  for (std::size_t index = 0; index < screen.notices.size(); ++index) {
    const Notice& notice = screen.notices[index];
    if (WantsWindow(notice, person, now)) {
      arrangement.pages.push_back(index);
      arrangement.window = std::max(arrangement.window, KindOf(notice));
    } else {
      arrangement.strip.push_back(index);
    }
  }
  if (arrangement.pages.empty()) {
    person.reading.clear();
    person.enlarged = false;
    return arrangement;
  }
  if (person.opened || person.enlarged) arrangement.window = WindowKind::kDialog;

  const auto notice_at = [&](std::size_t page) -> const Notice& {
    return screen.notices[arrangement.pages[page]];
  };
  for (std::size_t page = 0; page < arrangement.pages.size(); ++page) {
    if (notice_at(page).alert_id == person.reading) arrangement.current = page;
  }
  for (std::size_t page = arrangement.pages.size(); page-- > 0;) {
    const Notice& notice = notice_at(page);
    const bool is_new = person.met.First(notice);
    if (is_new && Outranks(notice, notice_at(arrangement.current))) arrangement.current = page;
  }
  person.reading = notice_at(arrangement.current).alert_id;
  return arrangement;
}

}  // namespace wardcast::agent
