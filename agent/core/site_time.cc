#include "agent/core/site_time.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/proto_time.h"

namespace wardcast::agent {
namespace {

using std::chrono::days;
using std::chrono::minutes;

constexpr std::array kWeekdays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
constexpr std::array kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                             "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

std::string WallText(TimePoint time, TimePoint now, minutes offset, minutes offset_now) {
  const auto local = time + offset;
  const auto day = std::chrono::floor<days>(local);
  const auto today = std::chrono::floor<days>(now + offset_now);
  const auto minute = std::chrono::duration_cast<minutes>(local - day).count();
  std::string text = fmt::format("{:02}:{:02}", minute / 60, minute % 60);
  if (day == today) return text;
  const char* weekday = kWeekdays[std::chrono::weekday(day).c_encoding()];
  if (std::chrono::abs(day - today) <= days(6)) return fmt::format("{} {}", weekday, text);
  const std::chrono::year_month_day date(day);
  return fmt::format("{} {} {} {}", weekday, unsigned{date.day()},
                     kMonths[unsigned{date.month()} - 1], text);
}

}  // namespace

SiteTime::SiteTime(const google::protobuf::RepeatedPtrField<v1::ZoneOffset>& offsets) {
  for (const v1::ZoneOffset& offset : offsets) {
    stretches_.push_back({FromTimestamp(offset.from()), minutes(offset.utc_offset_minutes()),
                          offset.abbreviation()});
  }
}

const SiteTime::Stretch* SiteTime::At(TimePoint time) const {
  if (stretches_.empty()) return nullptr;
  const auto next = std::ranges::upper_bound(stretches_, time, {}, &Stretch::from);
  return next == stretches_.begin() ? &stretches_.front() : &*std::prev(next);
}

bool SiteTime::ClocksChangeNear(TimePoint time) const {
  const Stretch* before = At(time - days(1));
  const Stretch* after = At(time + days(1));
  return before != after && before->offset != after->offset;
}

std::string SiteTime::Text(const v1::ZonedTime& time, TimePoint now) const {
  const TimePoint at = FromTimestamp(time.at());
  const Stretch* here = At(at);
  if (here == nullptr) {
    if (time.zone().empty()) return Text(at, now);
    const minutes offset(time.utc_offset_minutes());
    const std::string text = WallText(at, now, offset, offset);
    return time.abbreviation().empty() ? text : text + " " + time.abbreviation();
  }
  std::string text = WallText(at, now, here->offset, At(now)->offset);
  const bool differs = !time.zone().empty() && minutes(time.utc_offset_minutes()) != here->offset;
  if (differs || ClocksChangeNear(at)) text += " " + here->abbreviation;
  return text;
}

TimePoint SiteTime::NextDay(TimePoint now) const {
  const Stretch* here = At(now);
  const minutes offset = here == nullptr ? minutes(0) : here->offset;
  return std::chrono::floor<days>(now + offset) + days(1) - offset;
}

std::string SiteTime::Text(TimePoint time, TimePoint now) const {
  const Stretch* here = At(time);
  if (here == nullptr) return WallText(time, now, minutes(0), minutes(0)) + " UTC";
  std::string text = WallText(time, now, here->offset, At(now)->offset);
  if (ClocksChangeNear(time)) text += " " + here->abbreviation;
  return text;
}

}  // namespace wardcast::agent
