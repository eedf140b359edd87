#include "agent/desktop/view/lines.h"

#include <utility>

#include "agent/desktop/view/words.h"

namespace wardcast::agent {
namespace {

constexpr char kDot[] = " · ";

std::string Join(const std::vector<std::string>& parts, const char* between) {
  std::string joined;
  for (const std::string& part : parts) {
    if (part.empty()) continue;
    if (!joined.empty()) joined += between;
    joined += part;
  }
  return joined;
}

std::vector<std::string> LimitedItems(const std::vector<std::string>& items) {
  std::vector<std::string> limited;
  for (const std::string& item : items) {
    if (item.empty()) continue;
    if (limited.size() == kMostItems) {
      limited.emplace_back("…");
      break;
    }
    limited.push_back(Limited(item));
  }
  return limited;
}

// Collects lines and leaves out the empty ones.
class Lines {
 public:
  void Add(LineKind kind, std::string label, const std::string& text, int rank) {
    if (!text.empty()) lines_.push_back({kind, std::move(label), {Limited(text)}, rank});
  }
  void AddItems(std::string label, const std::vector<std::string>& items, int rank) {
    std::vector<std::string> limited = LimitedItems(items);
    if (!limited.empty()) {
      lines_.push_back({LineKind::kDo, std::move(label), std::move(limited), rank});
    }
  }
  std::vector<Line> Take() { return std::move(lines_); }

 private:
  std::vector<Line> lines_;
};

std::string Times(const Notice& notice) {
  std::vector<std::string> parts;
  if (!notice.since.empty()) parts.push_back(words::kSince + notice.since);
  if (!notice.next_update.empty()) parts.push_back(words::kNextUpdate + notice.next_update);
  if (!notice.expected_back.empty()) parts.push_back(words::kExpectedBack + notice.expected_back);
  return Join(parts, kDot);
}

std::string Labelled(const char* label, const std::string& text) {
  return text.empty() ? std::string() : std::string(label) + ": " + text;
}

std::string Calls(const Notice& notice) {
  return Join({notice.phone.empty() ? std::string() : words::kCall + (" " + notice.phone),
               Labelled(words::kIfPhonesAreDown, notice.phone_fallback)},
              kDot);
}

std::string Places(const Notice& notice) {
  return Join(
      {Labelled(words::kDowntimePc, notice.downtime_pc), Labelled(words::kBinder, notice.binder)},
      kDot);
}

std::string Headline(const Notice& notice) {
  if (!notice.headline.empty()) return notice.headline;
  return notice.services.empty() ? notice.kind : Join(notice.services, ", ");
}

// "EXERCISE" stands before and after the text of a drill.
std::string Marked(const Notice& notice, const std::string& text) {
  if (!notice.exercise || text.empty()) return text;
  return std::string(words::kExercise) + ": " + text + " – " + words::kExercise;
}

void AddOpen(const Notice& notice, Lines& lines) {
  lines.Add(LineKind::kHeadline, "", Marked(notice, Headline(notice)), 1);
  if (notice.phase == Phase::kRecovering) {
    lines.Add(LineKind::kState, "", words::kRestoredVerifying, 1);
  }
  lines.Add(LineKind::kChanged, "", notice.what_changed, 1);
  lines.Add(LineKind::kText, "", notice.impact, 5);
  lines.Add(LineKind::kText, words::kStillWorking, Join(notice.still_works, ", "), 5);
  lines.AddItems(words::kDoNow, notice.do_now, 2);
  const std::string do_not = Join(LimitedItems(notice.do_not), kDot);
  if (!do_not.empty()) lines.AddItems(words::kDoNot, {do_not}, 3);
  lines.Add(LineKind::kTimes, "", Times(notice), 4);
  lines.Add(LineKind::kTimes, "", Calls(notice), 6);
  lines.Add(LineKind::kTimes, "", Places(notice), 6);
}

}  // namespace

std::string Limited(const std::string& text) {
  std::string limited;
  std::size_t points = 0;
  for (const char byte : text) {
    const auto value = static_cast<unsigned char>(byte);
    const bool starts_point = (value & 0xC0) != 0x80;
    if (starts_point && ++points > kLongestText) return limited + "…";
    limited += value < 0x20 || value == 0x7F ? ' ' : byte;
  }
  return limited;
}

std::vector<Line> LinesFor(const Notice& notice) {
  Lines lines;
  lines.Add(LineKind::kUnconfirmed, "", notice.unconfirmed, 0);
  switch (notice.phase) {
    case Phase::kOpen:
    case Phase::kRecovering:
      AddOpen(notice, lines);
      break;
    case Phase::kAllClear:
      lines.Add(LineKind::kHeadline, "", Marked(notice, Headline(notice)), 1);
      lines.Add(LineKind::kState, "", notice.closing.empty() ? words::kItIsOver : notice.closing,
                1);
      lines.AddItems(words::kBackEntry, notice.afterwards, 2);
      lines.Add(LineKind::kTimes, "", Calls(notice), 6);
      break;
    case Phase::kRecalled:
      lines.Add(LineKind::kHeadline, "",
                Marked(notice, notice.closing.empty() ? words::kSentByMistake : notice.closing), 1);
      lines.Add(LineKind::kText, "", words::kTheNoticeWas + Headline(notice), 5);
      break;
  }
  return lines.Take();
}

std::vector<Line> MoreLinesFor(const Notice& notice, const Screen& screen) {
  Lines lines;
  lines.Add(LineKind::kText, words::kAffected, Join(notice.services, ", "), 1);
  lines.Add(LineKind::kText, words::kReason, notice.reason, 1);
  lines.Add(LineKind::kText, words::kTicket, notice.ticket, 1);
  lines.Add(LineKind::kText, words::kPublished, notice.published, 1);
  lines.Add(LineKind::kText, words::kCall, notice.phone, 1);
  lines.Add(LineKind::kText, words::kIfPhonesAreDown, notice.phone_fallback, 1);
  lines.Add(LineKind::kText, words::kDowntimePc, notice.downtime_pc, 1);
  lines.Add(LineKind::kText, words::kBinder, notice.binder, 1);
  lines.AddItems(words::kBackEntry,
                 notice.phase == Phase::kAllClear ? std::vector<std::string>() : notice.afterwards,
                 1);
  lines.Add(LineKind::kText, words::kThisPc, Join({screen.endpoint_name, screen.place}, kDot), 1);
  return lines.Take();
}

StatusLine StatusFor(const Notice& notice, bool pressed_here) {
  if (!notice.refused.empty()) {
    return {StatusLine::Kind::kRefused, words::kNotAccepted + Limited(notice.refused)};
  }
  if (notice.sending || pressed_here) return {StatusLine::Kind::kSending, words::kSending};
  if (!notice.ward_answer.empty()) {
    return {StatusLine::Kind::kAnswered, Limited(notice.ward_answer)};
  }
  return {};
}

std::string StripLine(const Notice& notice) {
  std::string subject = notice.services.empty() ? Headline(notice) : Join(notice.services, ", ");
  switch (notice.phase) {
    case Phase::kOpen:
      subject = Join({subject, notice.since.empty() ? "" : "since " + notice.since,
                      notice.next_update.empty() ? "" : words::kNextUpdate + notice.next_update},
                     kDot);
      break;
    case Phase::kRecovering:
      subject = Join({subject, words::kRestoredVerifying}, kDot);
      break;
    case Phase::kAllClear:
      subject = Join({subject, notice.afterwards.empty() ? notice.closing
                                                         : std::string(words::kBackEntryInStrip)},
                     kDot);
      break;
    case Phase::kRecalled:
      subject = notice.closing.empty() ? words::kSentByMistake : notice.closing;
      break;
  }
  return Limited(Marked(notice, subject));
}

}  // namespace wardcast::agent
