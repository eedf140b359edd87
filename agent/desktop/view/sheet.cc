#include "agent/desktop/view/sheet.h"

#include <algorithm>
#include <utility>

#include "agent/core/words/say.h"
#include "agent/desktop/view/drill_text.h"

namespace wardcast::agent {
namespace {

std::string TabText(const Notice& notice) {
  const Band band = BandFor(notice);
  const std::string& subject = notice.headline.empty() ? notice.kind : notice.headline;
  const std::string after = band.exercise ? " – " + band.exercise_word : std::string();
  return WholeWord(band) + " · " + Limited(subject) + after;
}

std::string WardOrPlace(const Notice& notice, const Screen& screen) {
  return notice.ward_name.empty() ? screen.place : notice.ward_name;
}

// The other pages in the order in which "next" reaches them.
void AddTabs(const Screen& screen, const Arrangement& arrangement, Sheet& sheet) {
  for (std::size_t step = 1; step < sheet.pages && sheet.tabs.size() < Sheet::kMostTabs; ++step) {
    const std::size_t page = (sheet.page + step) % sheet.pages;
    const Notice& other = screen.notices[arrangement.pages[page]];
    sheet.tabs.push_back({BandFor(other), TabText(other), page});
  }
}

std::vector<Line> ChoiceLines(const Notice& notice, const Screen& screen, Phrase question) {
  const std::string headline = notice.headline.empty() ? notice.kind : notice.headline;
  return {
      {.kind = LineKind::kQuestion,
       .label = {},
       .items = {Say(screen.language, question, {{"ward", Limited(WardOrPlace(notice, screen))}})},
       .reading_rank = 1},
      {.kind = LineKind::kText,
       .label = {},
       .items = {Marked(notice, Limited(headline))},
       .reading_rank = 2}};
}

}  // namespace

Sheet SheetFor(const Screen& screen, const Arrangement& arrangement, Leaf leaf,
               const ButtonRules& rules, bool pressed_here) {
  const Notice& notice = screen.notices.at(arrangement.pages.at(arrangement.current));
  Sheet sheet;
  sheet.kind = arrangement.window;
  sheet.language = screen.language;
  sheet.alert_id = notice.alert_id;
  sheet.round = notice.round;
  sheet.leaf = leaf;
  sheet.band = BandFor(notice);
  sheet.about = Limited(notice.kind);
  sheet.place = Limited(notice.ward_name);
  sheet.time = Limited(notice.published);
  sheet.page = arrangement.current;
  sheet.pages = arrangement.pages.size();
  sheet.status = StatusFor(notice, pressed_here);
  switch (leaf) {
    case Leaf::kNotice:
      AddTabs(screen, arrangement, sheet);
      sheet.lines = LinesFor(notice);
      sheet.buttons = ButtonsFor(notice, rules);
      if (notice.phase == Phase::kOpen || notice.phase == Phase::kRecovering) {
        sheet.emergency = EmergencyLine(notice, screen.language);
      }
      break;
    case Leaf::kAnswers:
      sheet.lines = ChoiceLines(notice, screen, Phrase::kWhatApplies);
      sheet.buttons = AnswerChoices(screen.language);
      break;
    case Leaf::kHelp:
      sheet.lines = ChoiceLines(notice, screen, Phrase::kWhichHelpIn);
      sheet.buttons = HelpChoices(screen.language);
      sheet.emergency = EmergencyLine(notice, screen.language);
      break;
    case Leaf::kNumbers:
      sheet.lines = NumberLinesFor(notice, screen);
      sheet.buttons = {
          {.action = Action::kBack, .label = Say(screen.language, Phrase::kBack), .spoken = {}}};
      break;
    case Leaf::kMore:
      sheet.lines = MoreLinesFor(notice, screen);
      sheet.buttons = {
          {.action = Action::kBack, .label = Say(screen.language, Phrase::kBack), .spoken = {}}};
      break;
  }
  return sheet;
}

Strip StripFor(const Screen& screen, const Arrangement& arrangement) {
  Strip strip;
  strip.language = screen.language;
  strip.contact = Limited(screen.contact.message);
  for (const std::size_t index : NamedInStrip(arrangement)) {
    const Notice& notice = screen.notices[index];
    std::string text = StripLine(notice);
    // The contact's own message says it for all of them.
    if (strip.contact.empty() && !notice.unconfirmed.empty()) {
      text += " · " + Limited(notice.unconfirmed);
    }
    strip.items.push_back({BandFor(notice), std::move(text)});
  }
  strip.more = arrangement.strip.size() - strip.items.size();
  return strip;
}

std::vector<std::size_t> NamedInWindow(const Arrangement& arrangement, const Sheet& sheet) {
  std::vector<std::size_t> named;
  if (arrangement.window == WindowKind::kNone) return named;
  named.push_back(arrangement.pages[sheet.page]);
  for (const Tab& tab : sheet.tabs) named.push_back(arrangement.pages[tab.page]);
  return named;
}

std::vector<std::size_t> NamedInStrip(const Arrangement& arrangement) {
  const std::size_t count = std::min(arrangement.strip.size(), Strip::kMostItems);
  return {arrangement.strip.begin(),
          arrangement.strip.begin() + static_cast<std::ptrdiff_t>(count)};
}

}  // namespace wardcast::agent
