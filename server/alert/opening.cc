#include "server/alert/opening.h"

#include <algorithm>
#include <chrono>
#include <vector>

#include "base/proto_time.h"
#include "server/alert/zoned_time.h"
#include "server/directory/opening_hours.h"

namespace wardcast {
namespace {

using std::chrono::days;
using std::chrono::minutes;

// The zone around some moment: local times are written as if they were UTC.
class LocalTime {
 public:
  LocalTime(std::string_view zone, TimePoint now)
      : offsets_(ZoneOffsets(zone, now - days(2), now + days(10))) {}

  TimePoint Of(TimePoint at) const { return at + OffsetAt(at); }
  // The moment at which clocks show `local`; of a time that is skipped, the moment of the change.
  TimePoint At(TimePoint local) const {
    const TimePoint guess = local - OffsetAt(local);
    return local - OffsetAt(guess);
  }

 private:
  minutes OffsetAt(TimePoint at) const {
    minutes offset{offsets_.front().utc_offset_minutes()};
    for (const v1::ZoneOffset& stretch : offsets_) {
      if (FromTimestamp(stretch.from()) <= at) offset = minutes(stretch.utc_offset_minutes());
    }
    return offset;
  }

  const std::vector<v1::ZoneOffset> offsets_;
};

int WeekDay(TimePoint local) {
  const std::chrono::weekday day(std::chrono::floor<days>(local));
  return static_cast<int>(day.iso_encoding()) - 1;
}

}  // namespace

std::optional<TimePoint> ClosedUntil(std::string_view hours, std::string_view zone, TimePoint now) {
  const auto spans = ParseOpeningHours(hours);
  if (!spans || spans->empty()) return std::nullopt;
  const LocalTime local(zone, now);
  const TimePoint today = std::chrono::floor<days>(local.Of(now));
  std::optional<TimePoint> next;
  for (int ahead = -1; ahead <= 7; ++ahead) {
    const TimePoint day = today + days(ahead);
    for (const OpenSpan& span : *spans) {
      if (!span.Has(WeekDay(day))) continue;
      const TimePoint opens = local.At(day + span.opens);
      const TimePoint closes =
          local.At(day + span.closes + (span.closes <= span.opens ? days(1) : days(0)));
      if (opens <= now && now < closes) return std::nullopt;
      if (opens > now) next = std::min(next.value_or(opens), opens);
    }
  }
  return next;
}

}  // namespace wardcast
