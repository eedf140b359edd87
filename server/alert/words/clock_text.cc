#include "server/alert/words/clock_text.h"

#include <fmt/format.h>

#include <chrono>

#include "base/proto_time.h"
#include "server/alert/words/phrases.h"

namespace wardcast {
namespace {

std::chrono::sys_time<std::chrono::milliseconds> OnTheWall(const v1::ZonedTime& time) {
  return FromTimestamp(time.at()) + std::chrono::minutes(time.utc_offset_minutes());
}

std::chrono::sys_days DayOnTheWall(const v1::ZonedTime& time) {
  return std::chrono::floor<std::chrono::days>(OnTheWall(time));
}

}  // namespace

std::string ClockText(const v1::ZonedTime& time) {
  const auto local = OnTheWall(time);
  const std::chrono::hh_mm_ss clock(std::chrono::floor<std::chrono::minutes>(
      local - std::chrono::floor<std::chrono::days>(local)));
  return fmt::format("{:02}:{:02}", clock.hours().count(), clock.minutes().count());
}

std::string MomentText(const v1::ZonedTime& time, const v1::ZonedTime& today,
                       const Wording& wording) {
  const Phrases& phrases = PhrasesIn(wording.language);
  const std::chrono::sys_days day = DayOnTheWall(time);
  const std::chrono::days away = day - DayOnTheWall(today);
  std::string text;
  if (away != std::chrono::days(0)) {
    text = phrases.days[std::chrono::weekday(day).c_encoding()];
    text += ' ';
  }
  if (std::chrono::abs(away) >= std::chrono::days(7)) {
    const std::chrono::year_month_day date(day);
    const unsigned month = static_cast<unsigned>(date.month());
    text += Filled(phrases.date, {std::to_string(static_cast<unsigned>(date.day())),
                                  std::to_string(month), phrases.months[month - 1]});
    text += ' ';
  }
  text += ClockText(time);
  if (wording.with_zone && !time.abbreviation().empty()) text += ' ' + time.abbreviation();
  return text;
}

}  // namespace wardcast
