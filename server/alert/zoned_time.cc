#include "server/alert/zoned_time.h"

#include <date/tz.h>

#include <exception>
#include <utility>

#include "base/proto_time.h"

namespace wardcast {
namespace {

// nullptr: the system knows no such zone (or has no zone database).
const date::time_zone* FindZone(std::string_view name) {
  if (name.empty()) return nullptr;
  try {
    return date::locate_zone(name);
  } catch (const std::exception&) {
    return nullptr;
  }
}

std::chrono::sys_seconds Seconds(TimePoint at) {
  return std::chrono::floor<std::chrono::seconds>(at);
}

int OffsetMinutes(const date::sys_info& info) {
  return static_cast<int>(std::chrono::floor<std::chrono::minutes>(info.offset).count());
}

v1::ZoneOffset Stretch(TimePoint from, int utc_offset_minutes, std::string abbreviation) {
  v1::ZoneOffset offset;
  *offset.mutable_from() = ToTimestamp(from);
  offset.set_utc_offset_minutes(utc_offset_minutes);
  offset.set_abbreviation(std::move(abbreviation));
  return offset;
}

}  // namespace

bool ZoneExists(std::string_view zone) { return FindZone(zone) != nullptr; }

v1::ZonedTime ToZoned(TimePoint at, std::string_view zone) {
  v1::ZonedTime zoned;
  *zoned.mutable_at() = ToTimestamp(at);
  if (const date::time_zone* known = FindZone(zone)) {
    const date::sys_info info = known->get_info(Seconds(at));
    zoned.set_zone(std::string(zone));
    zoned.set_utc_offset_minutes(OffsetMinutes(info));
    zoned.set_abbreviation(info.abbrev);
  } else {
    zoned.set_zone("UTC");
    zoned.set_abbreviation("UTC");
  }
  return zoned;
}

std::vector<v1::ZoneOffset> ZoneOffsets(std::string_view zone, TimePoint from, TimePoint to) {
  std::vector<v1::ZoneOffset> offsets;
  const date::time_zone* known = FindZone(zone);
  if (!known) {
    offsets.push_back(Stretch(from, 0, "UTC"));
    return offsets;
  }
  // The database may cut a stretch in two where nothing changes.
  for (TimePoint at = from; offsets.empty() || at < to;) {
    const date::sys_info info = known->get_info(Seconds(at));
    const int minutes = OffsetMinutes(info);
    if (offsets.empty() || offsets.back().utc_offset_minutes() != minutes ||
        offsets.back().abbreviation() != info.abbrev) {
      offsets.push_back(Stretch(at, minutes, info.abbrev));
    }
    if (info.end > Seconds(to)) break;
    at = info.end;
  }
  return offsets;
}

bool ClocksChangeNear(std::string_view zone, TimePoint at) {
  constexpr std::chrono::days kNear{1};
  return ZoneOffsets(zone, at - kNear, at + kNear).size() > 1;
}

LocalMoment FindLocal(std::string_view zone, TimePoint local) {
  using Times = LocalMoment::Times;
  const date::time_zone* known = FindZone(zone);
  if (!known) return {.times = Times::kOnce, .first = local, .second = local};
  const auto whole = std::chrono::floor<std::chrono::seconds>(local);
  const auto rest = local - whole;
  const date::local_info info = known->get_info(date::local_seconds(whole.time_since_epoch()));
  const auto minus = [&](const date::sys_info& stretch) -> TimePoint {
    return TimePoint(whole - stretch.offset) + rest;
  };
  if (info.result == date::local_info::nonexistent)
    return {.times = Times::kNever, .first = info.first.end, .second = info.first.end};
  if (info.result == date::local_info::ambiguous)
    return {.times = Times::kTwice, .first = minus(info.first), .second = minus(info.second)};
  return {.times = Times::kOnce, .first = minus(info.first), .second = minus(info.first)};
}

}  // namespace wardcast
