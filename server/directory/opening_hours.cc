#include "server/directory/opening_hours.h"

#include <algorithm>
#include <array>

#include "server/directory/utf8.h"

namespace wardcast {
namespace {

constexpr std::array<std::string_view, 7> kDays{"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};

bool IsDay(std::string_view text) { return std::ranges::find(kDays, text) != kDays.end(); }

// "Mon" or "Mon-Fri".
bool AreDays(std::string_view text) {
  if (text.size() == 3) return IsDay(text);
  return text.size() == 7 && text[3] == '-' && IsDay(text.substr(0, 3)) && IsDay(text.substr(4));
}

// "07:00-19:00".
bool AreTimes(std::string_view text) {
  if (text.size() != 11 || text[5] != '-') return false;
  const std::string_view end = text.substr(6);
  return IsClockTime(text.substr(0, 5)) && (IsClockTime(end) || end == "24:00");
}

}  // namespace

bool IsClockTime(std::string_view text) {
  const auto digit = [&](std::size_t at) { return text[at] >= '0' && text[at] <= '9'; };
  if (text.size() != 5 || !digit(0) || !digit(1) || text[2] != ':' || !digit(3) || !digit(4))
    return false;
  return text.substr(0, 2) < "24" && text.substr(3) < "60";
}

bool AreOpeningHours(std::string_view text) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(';'), text.size());
    const std::string_view part = Trimmed(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    const std::size_t space = part.find(' ');
    if (space == std::string_view::npos) return false;
    if (!AreDays(part.substr(0, space)) || !AreTimes(Trimmed(part.substr(space)))) return false;
  }
  return true;
}

}  // namespace wardcast
