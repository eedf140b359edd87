#include "agent/station/headless_presenter.h"

#include <fmt/format.h>

#include <algorithm>

namespace wardcast::agent {
namespace {

std::string_view Word(Severity severity) {
  switch (severity) {
    case Severity::kNotice:
      return "NOTICE";
    case Severity::kCaution:
      return "CAUTION";
    case Severity::kWarning:
      return "WARNING";
    case Severity::kDanger:
      return "DANGER";
  }
  return "";
}

std::string_view Word(Presentation presentation) {
  switch (presentation) {
    case Presentation::kTicker:
      return "ticker";
    case Presentation::kToast:
      return "toast";
    case Presentation::kDialog:
      return "dialog";
    case Presentation::kTakeover:
      return "takeover";
  }
  return "";
}

std::string_view Word(Phase phase) {
  switch (phase) {
    case Phase::kOpen:
      return "open";
    case Phase::kRecovering:
      return "recovering";
    case Phase::kAllClear:
      return "all clear";
    case Phase::kRecalled:
      return "recalled";
    case Phase::kDrillOver:
      return "drill over";
  }
  return "";
}

// One line with what a person needs first, then what a script needs.
std::string Line(std::string_view what, const Notice& notice) {
  std::string line =
      fmt::format("{} {}{} {}{}", what, notice.exercise ? "EXERCISE " : "", Word(notice.severity),
                  notice.closing.empty() ? notice.headline : notice.closing,
                  notice.exercise && notice.phase != Phase::kDrillOver ? " EXERCISE" : "");
  const auto add = [&](std::string_view label, const std::string& text) {
    if (!text.empty()) line += fmt::format(" · {}{}", label, text);
  };
  add("", notice.what_changed);
  add("", notice.standing);
  add("", notice.cleared);
  add("next update ", notice.next_update);
  add("call ", notice.phone);
  add("", notice.ward_answer);
  add("", notice.unconfirmed);
  add("refused: ", notice.refused);
  line +=
      fmt::format(" [{} {}{}{} alert={} round={} version={}]", Word(notice.phase),
                  Word(notice.presentation), notice.seen ? " seen" : "",
                  notice.sending ? " sending" : "", notice.alert_id, notice.round, notice.version);
  return line;
}

// Length of the UTF-8 sequence at the begin of `text` and its code point; length 0: not UTF-8.
std::pair<std::size_t, char32_t> CodePoint(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text[0]);
  if (lead < 0x80) return {1, lead};
  const std::size_t size = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
  if (lead < 0xc2 || lead > 0xf4 || text.size() < size) return {0, 0};
  char32_t point = lead & (0x7fU >> size);
  for (std::size_t i = 1; i < size; ++i) {
    const auto next = static_cast<unsigned char>(text[i]);
    if ((next & 0xc0) != 0x80) return {0, 0};
    point = point << 6 | (next & 0x3f);
  }
  return {size, point};
}

bool Controls(char32_t point) {
  return point < 0x20 || (point >= 0x7f && point < 0xa0) || (point >= 0x202a && point <= 0x202e) ||
         (point >= 0x2066 && point <= 0x2069) || point == 0x2028 || point == 0x2029;
}

}  // namespace

std::string Printable(std::string_view text) {
  std::string safe;
  safe.reserve(text.size());
  while (!text.empty()) {
    const auto [size, point] = CodePoint(text);
    if (size == 0) {
      safe += '?';
      text.remove_prefix(1);
      continue;
    }
    if (Controls(point)) {
      if (point == '\n' || point == '\t') safe += ' ';
    } else {
      safe += text.substr(0, size);
    }
    text.remove_prefix(size);
  }
  return safe;
}

void HeadlessPresenter::Print(const std::string& line) {
  const std::string safe = Printable(line) + "\n";
  std::fwrite(safe.data(), 1, safe.size(), out_);
  std::fflush(out_);
}

void HeadlessPresenter::Show(std::shared_ptr<const Screen> screen) {
  const std::shared_ptr<const Screen> before = std::exchange(shown_, screen);
  if (!before && config_.screen_state) events_.ScreenChanged(*config_.screen_state);
  const bool connected = before && before->contact.connected;
  if (screen->contact.connected != connected) {
    Print(fmt::format("CONTACT {} since {}", screen->contact.connected ? "yes" : "no",
                      screen->contact.since));
  }
  if (!screen->contact.message.empty() &&
      (!before || before->contact.message != screen->contact.message)) {
    Print("CONTACT " + screen->contact.message);
  }
  for (const Notice& notice : screen->notices) {
    const Notice* earlier = nullptr;
    if (before) {
      const auto found = std::ranges::find(before->notices, notice.alert_id, &Notice::alert_id);
      if (found != before->notices.end()) earlier = &*found;
    }
    if (earlier == nullptr) {
      Print(Line("NEW", notice));
    } else if (*earlier != notice) {
      Print(Line("CHANGED", notice));
    }
  }
  if (before) {
    for (const Notice& notice : before->notices) {
      if (std::ranges::find(screen->notices, notice.alert_id, &Notice::alert_id) ==
          screen->notices.end()) {
        Print(Line("GONE", notice));
      }
    }
  }
  for (const Notice& notice : screen->notices) Press(notice);
}

void HeadlessPresenter::Press(const Notice& notice) {
  const std::pair key(notice.alert_id, notice.round);
  const bool covered = IsCovered(config_.screen_state.value_or(ScreenState::kUnknown));
  if (config_.displays && !covered && displayed_.insert(key).second)
    events_.Displayed(notice.alert_id, notice.round);
  if (IsOver(notice.phase) || notice.seen || !(config_.auto_seen || config_.auto_acknowledge))
    return;
  if (!pressed_.insert(key).second) return;
  if (config_.auto_seen) events_.Seen(notice.alert_id, notice.round);
  // A real problem is reported of a drill only.
  const bool fits = notice.exercise || config_.auto_acknowledge != Response::kRealProblem;
  if (config_.auto_acknowledge && fits && !notice.ward_id.empty()) {
    events_.Answered({.alert_id = notice.alert_id,
                      .round = notice.round,
                      .ward_id = notice.ward_id,
                      .response = *config_.auto_acknowledge,
                      .help = *config_.auto_acknowledge == Response::kNeedHelp ? HelpKind::kCallMe
                                                                               : HelpKind::kNone,
                      .initials = "",
                      .role = ""});
  }
}

}  // namespace wardcast::agent
