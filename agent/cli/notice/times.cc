#include "agent/cli/notice/times.h"

#include <fmt/format.h>

#include <charconv>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <optional>
#include <utility>

#include "base/proto_time.h"

namespace wardcast::cli {
namespace {

constexpr const char* kAllowed =
    "must be now, +30m, +2h, a time with its offset (2026-03-01T14:30:00-07:00), or what a clock "
    "on "
    "the wall shows there (\"2026-11-01 01:30\"; in the night in which clocks go back \"2026-11-01 "
    "01:30 second\")";

// All of `text` as a number; nullopt: it is none.
std::optional<int> Number(std::string_view text) {
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || text.empty() || text[0] == '-')
    return std::nullopt;
  return number;
}

// "2026-11-01T01:30", or with a blank in place of the T.
bool IsWallTime(std::string_view text) {
  constexpr std::string_view kForm = "0000-00-00T00:00";
  if (text.size() != kForm.size()) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool fits = kForm[i] == '0'   ? text[i] >= '0' && text[i] <= '9'
                      : kForm[i] == 'T' ? text[i] == 'T' || text[i] == ' '
                                        : text[i] == kForm[i];
    if (!fits) return false;
  }
  return true;
}

// Takes `word` off the end.
bool TakeWord(std::string_view& text, std::string_view word) {
  if (!text.ends_with(word)) return false;
  text.remove_suffix(word.size());
  return true;
}

// Minutes, or hours, by the last letter.
std::optional<std::chrono::minutes> Amount(std::string_view text) {
  const bool hours = text.ends_with('h');
  if (hours || text.ends_with('m')) text.remove_suffix(1);
  const auto number = Number(text);
  if (!number || *number > 1'000'000) return std::nullopt;
  return std::chrono::minutes(hours ? *number * 60 : *number);
}

// A name of the zone database and no path out of it.
bool IsZoneName(std::string_view zone) {
  constexpr std::string_view kLetters =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_+-/";
  return !zone.empty() && zone.front() != '/' &&
         zone.find_first_not_of(kLetters) == std::string_view::npos;
}

std::tm Parts(TimePoint at, int offset_minutes) {
  const auto seconds = static_cast<std::time_t>(
      std::chrono::floor<std::chrono::seconds>(at.time_since_epoch()).count() +
      offset_minutes * 60);
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  return parts;
}

// The offset of `zone` at that instant; nullopt: this machine does not know the zone.
std::optional<int> OffsetOf(const std::string& zone, TimePoint at) {
  std::error_code ignored;
  if (!IsZoneName(zone) || !std::filesystem::exists("/usr/share/zoneinfo/" + zone, ignored))
    return std::nullopt;
  // A command line is alone in its process: nobody else reads the zone.
  setenv("TZ", (":" + zone).c_str(), 1);
  tzset();
  const auto seconds = static_cast<std::time_t>(
      std::chrono::floor<std::chrono::seconds>(at.time_since_epoch()).count());
  std::tm parts{};
  localtime_r(&seconds, &parts);
  return static_cast<int>(parts.tm_gmtoff / 60);
}

std::chrono::sys_days DayOf(const std::tm& parts) {
  return std::chrono::year(parts.tm_year + 1900) /
         std::chrono::month(static_cast<unsigned>(parts.tm_mon + 1)) /
         std::chrono::day(static_cast<unsigned>(parts.tm_mday));
}

std::string Words(const std::tm& then, std::chrono::sys_days today) {
  constexpr const char* kDays[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  const std::string clock = fmt::format("{:02}:{:02}", then.tm_hour, then.tm_min);
  const std::chrono::sys_days day = DayOf(then);
  const auto away = (day - today).count();
  if (away == 0) return clock;
  const char* weekday = kDays[std::chrono::weekday(day).c_encoding()];
  if (away > -7 && away < 7) return fmt::format("{} {}", weekday, clock);
  return fmt::format("{} {:04}-{:02}-{:02} {}", weekday, then.tm_year + 1900, then.tm_mon + 1,
                     then.tm_mday, clock);
}

}  // namespace

Result<v1::ZonedTime> ParseTime(const std::string& text, Doubled& doubled, TimePoint now) {
  v1::ZonedTime time;
  if (text == "now") {
    *time.mutable_at() = ToTimestamp(now);
    return time;
  }
  if (text.starts_with('+') && (text.ends_with('m') || text.ends_with('h'))) {
    const auto amount = Amount(std::string_view(text).substr(1));
    if (!amount) return Fail(Code::kInvalidArgument, kAllowed);
    *time.mutable_at() = ToTimestamp(now + *amount);
    return time;
  }
  std::string_view wall = text;
  TakeWord(wall, " time");
  const Doubled own = TakeWord(wall, " first")    ? Doubled::kFirst
                      : TakeWord(wall, " second") ? Doubled::kSecond
                                                  : Doubled::kAsk;
  if (IsWallTime(wall)) {
    std::string local(wall);
    local[10] = 'T';
    time.set_local(local);
    const Doubled meant = own == Doubled::kAsk ? std::exchange(doubled, Doubled::kAsk) : own;
    if (meant != Doubled::kAsk) time.set_second_time(meant == Doubled::kSecond);
    return time;
  }
  const auto instant = FromRfc3339(text);
  if (!instant) return Fail(Code::kInvalidArgument, kAllowed);
  *time.mutable_at() = ToTimestamp(*instant);
  return time;
}

Result<std::chrono::minutes> ParseMinutes(std::string_view text) {
  const auto amount = Amount(text);
  if (!amount || *amount < std::chrono::minutes(1) || *amount > std::chrono::days(7))
    return Fail(Code::kInvalidArgument, "must be like 30m or 2h, 1 minute to 7 days");
  return *amount;
}

std::string TimeWords(const v1::ZonedTime& time, const std::string& zone, TimePoint now) {
  const std::string& its_zone = time.zone().empty() ? zone : time.zone();
  const int here = OffsetOf(its_zone, now).value_or(0);
  const std::chrono::sys_days today = DayOf(Parts(now, here));
  if (!time.local().empty()) {
    if (!IsWallTime(time.local())) return time.local();
    const auto part = [&](std::size_t from, std::size_t size) {
      return Number(std::string_view(time.local()).substr(from, size)).value_or(0);
    };
    std::tm then{};
    then.tm_year = part(0, 4) - 1900;
    then.tm_mon = part(5, 2) - 1;
    then.tm_mday = part(8, 2);
    then.tm_hour = part(11, 2);
    then.tm_min = part(14, 2);
    return Words(then, today);
  }
  if (!time.has_at()) return {};
  const TimePoint at = FromTimestamp(time.at());
  // What the broker has zoned needs no database.
  const std::optional<int> offset =
      time.abbreviation().empty() ? OffsetOf(its_zone, at) : time.utc_offset_minutes();
  return Words(Parts(at, offset.value_or(0)), today) + (offset ? "" : " UTC");
}

}  // namespace wardcast::cli
