#include "server/directory/opening_hours.h"

#include <algorithm>
#include <array>

#include "server/directory/utf8.h"

namespace wardcast {
namespace {

constexpr std::array<std::string_view, 7> kDays{"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};

// -1: not a day.
int DayOf(std::string_view text) {
  const auto at = std::ranges::find(kDays, text);
  return at == kDays.end() ? -1 : static_cast<int>(at - kDays.begin());
}

// "Mon" or "Mon-Fri".
bool ReadDays(std::string_view text, OpenSpan& span) {
  if (text.size() != 3 && (text.size() != 7 || text[3] != '-')) return false;
  span.first_day = DayOf(text.substr(0, 3));
  span.last_day = text.size() == 3 ? span.first_day : DayOf(text.substr(4));
  return span.first_day >= 0 && span.last_day >= 0;
}

// Of a clock time, or 24:00.
std::chrono::minutes MinutesOf(std::string_view text) {
  const auto number = [&](std::size_t at) { return (text[at] - '0') * 10 + (text[at + 1] - '0'); };
  return std::chrono::hours(number(0)) + std::chrono::minutes(number(3));
}

// "07:00-19:00".
bool ReadTimes(std::string_view text, OpenSpan& span) {
  if (text.size() != 11 || text[5] != '-') return false;
  const std::string_view begin = text.substr(0, 5);
  const std::string_view end = text.substr(6);
  if (!IsClockTime(begin) || (!IsClockTime(end) && end != "24:00")) return false;
  span.opens = MinutesOf(begin);
  span.closes = MinutesOf(end);
  return true;
}

}  // namespace

bool IsClockTime(std::string_view text) {
  const auto digit = [&](std::size_t at) { return text[at] >= '0' && text[at] <= '9'; };
  if (text.size() != 5 || !digit(0) || !digit(1) || text[2] != ':' || !digit(3) || !digit(4))
    return false;
  return text.substr(0, 2) < "24" && text.substr(3) < "60";
}

std::optional<std::vector<OpenSpan>> ParseOpeningHours(std::string_view text) {
  std::vector<OpenSpan> spans;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(';'), text.size());
    const std::string_view part = Trimmed(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    const std::size_t space = part.find(' ');
    if (space == std::string_view::npos) return std::nullopt;
    OpenSpan& span = spans.emplace_back();
    if (!ReadDays(part.substr(0, space), span) || !ReadTimes(Trimmed(part.substr(space)), span))
      return std::nullopt;
  }
  return spans;
}

}  // namespace wardcast
