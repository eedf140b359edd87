#include "agent/core/site_time.h"

#include <fmt/format.h>

#include <algorithm>

#include "agent/core/words/say.h"
#include "base/proto_time.h"

namespace wardcast::agent {
namespace {

using std::chrono::days;
using std::chrono::minutes;

}  // namespace

SiteTime::SiteTime(const google::protobuf::RepeatedPtrField<v1::ZoneOffset>& offsets,
                   Language language)
    : language_(language) {
  for (const v1::ZoneOffset& offset : offsets) {
    stretches_.push_back({FromTimestamp(offset.from()), minutes(offset.utc_offset_minutes()),
                          offset.abbreviation()});
  }
}

std::string SiteTime::WallText(TimePoint time, TimePoint now, minutes offset,
                               minutes offset_now) const {
  const auto local = time + offset;
  const auto day = std::chrono::floor<days>(local);
  const auto today = std::chrono::floor<days>(now + offset_now);
  const auto minute = std::chrono::duration_cast<minutes>(local - day).count();
  std::string text = fmt::format("{:02}:{:02}", minute / 60, minute % 60);
  if (day == today) return text;
  const std::string weekday =
      SayItem(language_, Phrase::kWeekdays, std::chrono::weekday(day).c_encoding());
  if (std::chrono::abs(day - today) <= days(6)) return fmt::format("{} {}", weekday, text);
  const std::chrono::year_month_day date(day);
  const std::string day_text =
      Say(language_, Phrase::kDate,
          {{"weekday", weekday},
           {"day", std::to_string(unsigned{date.day()})},
           {"month", SayItem(language_, Phrase::kMonths, unsigned{date.month()} - 1)}});
  return fmt::format("{} {}", day_text, text);
}

SiteTime SiteTime::In(Language language) const {
  SiteTime same = *this;
  same.language_ = language;
  return same;
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

std::string SiteTime::Date(TimePoint time) const {
  const Stretch* here = At(time);
  const minutes offset = here == nullptr ? minutes(0) : here->offset;
  const std::chrono::year_month_day date(std::chrono::floor<days>(time + offset));
  return fmt::format("{:04}-{:02}-{:02}", int{date.year()}, unsigned{date.month()},
                     unsigned{date.day()});
}

std::string SiteTime::Text(TimePoint time, TimePoint now) const {
  const Stretch* here = At(time);
  if (here == nullptr) return WallText(time, now, minutes(0), minutes(0)) + " UTC";
  std::string text = WallText(time, now, here->offset, At(now)->offset);
  if (ClocksChangeNear(time)) text += " " + here->abbreviation;
  return text;
}

}  // namespace wardcast::agent
