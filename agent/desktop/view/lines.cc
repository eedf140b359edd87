#include "agent/desktop/view/lines.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "agent/core/words/say.h"
#include "agent/desktop/view/drill_text.h"

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
  void Append(std::vector<Line> lines) { std::ranges::move(lines, std::back_inserter(lines_)); }
  std::vector<Line> Take() { return std::move(lines_); }

 private:
  std::vector<Line> lines_;
};

std::string Times(const Notice& notice) {
  const auto part = [&](Phrase phrase, const std::string& time) {
    return time.empty() ? std::string() : Say(notice.language, phrase, {{"time", time}});
  };
  return Join({part(Phrase::kSince, notice.since), part(Phrase::kNextUpdate, notice.next_update),
               part(Phrase::kExpectedBack, notice.expected_back)},
              kDot);
}

std::string Labelled(const Notice& notice, Phrase label, const std::string& text) {
  if (text.empty()) return {};
  return Say(notice.language, Phrase::kLabelled,
             {{"label", Say(notice.language, label)}, {"text", text}});
}

std::string Calls(const Notice& notice) {
  return Join({notice.phone.empty() ? std::string()
                                    : Say(notice.language, Phrase::kCall) + " " + notice.phone,
               Labelled(notice, Phrase::kIfPhonesAreDown, notice.phone_fallback)},
              kDot);
}

std::string Places(const Notice& notice) {
  return Join({Labelled(notice, Phrase::kDowntimePc, notice.downtime_pc),
               Labelled(notice, Phrase::kBinder, notice.binder)},
              kDot);
}

// "Since 13:52" in the middle of a line: "since 13:52". The word is the product's own, and begins
// with a letter of ASCII in all languages.
std::string InSentence(std::string text) {
  if (!text.empty() && text[0] >= 'A' && text[0] <= 'Z')
    text[0] = static_cast<char>(text[0] - 'A' + 'a');
  return text;
}

std::string Headline(const Notice& notice) {
  if (!notice.headline.empty()) return notice.headline;
  return notice.services.empty() ? notice.kind : Join(notice.services, ", ");
}

void AddOpen(const Notice& notice, Lines& lines) {
  lines.Add(LineKind::kHeadline, "", Headline(notice), 1);
  if (notice.phase == Phase::kRecovering) {
    lines.Add(LineKind::kState, "", Say(notice.language, Phrase::kStayOnPaper), 1);
  }
  lines.Add(LineKind::kState, "", notice.standing, 1);
  lines.Add(LineKind::kState, "", notice.cleared, 1);
  lines.Add(LineKind::kChanged, "", notice.what_changed, 1);
  lines.Add(LineKind::kText, "", notice.impact, 5);
  lines.Add(LineKind::kText, Say(notice.language, Phrase::kStillWorking),
            Join(notice.still_works, ", "), 5);
  lines.AddItems(Say(notice.language, Phrase::kDoNow), notice.do_now, 2);
  const std::string do_not = Join(LimitedItems(notice.do_not), kDot);
  if (!do_not.empty()) lines.AddItems(Say(notice.language, Phrase::kDoNot), {do_not}, 3);
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
      lines.Add(LineKind::kHeadline, "", Headline(notice), 1);
      lines.Add(LineKind::kState, "",
                notice.closing.empty() ? Say(notice.language, Phrase::kItIsOver) : notice.closing,
                1);
      lines.AddItems(Say(notice.language, Phrase::kBackEntry), notice.afterwards, 2);
      lines.Add(LineKind::kTimes, "", Calls(notice), 6);
      break;
    case Phase::kRecalled:
      lines.Add(
          LineKind::kHeadline, "",
          notice.closing.empty() ? Say(notice.language, Phrase::kSentByMistake) : notice.closing,
          1);
      lines.Add(LineKind::kText, "",
                Say(notice.language, Phrase::kTheNoticeWas, {{"headline", Headline(notice)}}), 5);
      break;
    case Phase::kDrillOver:
      return DrillOverLines(notice, Headline(notice));
  }
  return MarkedLines(notice, lines.Take());
}

std::vector<Line> MoreLinesFor(const Notice& notice, const Screen& screen) {
  Lines lines;
  lines.Add(LineKind::kText, Say(notice.language, Phrase::kAffected), Join(notice.services, ", "),
            1);
  lines.Add(LineKind::kText, Say(notice.language, Phrase::kReason), Marked(notice, notice.reason),
            1);
  lines.Add(LineKind::kText, Say(notice.language, Phrase::kTicket), notice.ticket, 1);
  lines.Add(LineKind::kText, Say(notice.language, Phrase::kPublished), notice.published, 1);
  lines.Add(LineKind::kText, Say(notice.language, Phrase::kCall), notice.phone, 1);
  lines.Add(LineKind::kText, Say(notice.language, Phrase::kIfPhonesAreDown), notice.phone_fallback,
            1);
  lines.Add(LineKind::kText, Say(notice.language, Phrase::kDowntimePc), notice.downtime_pc, 1);
  lines.Add(LineKind::kText, Say(notice.language, Phrase::kBinder), notice.binder, 1);
  if (notice.phase != Phase::kAllClear) {
    Lines entry;
    entry.AddItems(Say(notice.language, Phrase::kBackEntry), notice.afterwards, 1);
    lines.Append(MarkedLines(notice, entry.Take()));
  }
  lines.Add(LineKind::kText, Say(notice.language, Phrase::kThisPc),
            Join({screen.endpoint_name, screen.place}, kDot), 1);
  return lines.Take();
}

StatusLine StatusFor(const Notice& notice, bool pressed_here) {
  if (!notice.refused.empty()) {
    return {StatusLine::Kind::kRefused,
            Say(notice.language, Phrase::kNotAccepted, {{"reason", Limited(notice.refused)}})};
  }
  if (notice.sending || pressed_here)
    return {StatusLine::Kind::kSending, Say(notice.language, Phrase::kSending)};
  if (!notice.ward_answer.empty()) {
    return {StatusLine::Kind::kAnswered, Limited(notice.ward_answer)};
  }
  return {};
}

std::string StripLine(const Notice& notice) {
  const auto part = [&](Phrase phrase, const std::string& time) {
    return time.empty() ? std::string() : Say(notice.language, phrase, {{"time", time}});
  };
  // What works again is not what the strip is about any more.
  const std::vector<std::string>& services = notice.down.empty() ? notice.services : notice.down;
  std::string subject = services.empty() ? Headline(notice) : Join(services, ", ");
  switch (notice.phase) {
    case Phase::kOpen:
      subject = Join({subject, notice.standing, InSentence(part(Phrase::kSince, notice.since)),
                      part(Phrase::kNextUpdate, notice.next_update)},
                     kDot);
      break;
    case Phase::kRecovering:
      subject = Join({subject, Say(notice.language, Phrase::kStayOnPaper)}, kDot);
      break;
    case Phase::kAllClear:
      subject = Join(
          {subject, notice.afterwards.empty() ? notice.closing
                                              : Say(notice.language, Phrase::kBackEntryInStrip)},
          kDot);
      break;
    case Phase::kDrillOver:
      return Limited(notice.closing);
    case Phase::kRecalled:
      subject =
          notice.closing.empty() ? Say(notice.language, Phrase::kSentByMistake) : notice.closing;
      break;
  }
  return Marked(notice, Limited(subject));
}

}  // namespace wardcast::agent
