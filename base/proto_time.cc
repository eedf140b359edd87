#include "base/proto_time.h"

#include <google/protobuf/util/time_util.h>

#include <algorithm>
#include <cstdint>

namespace wardcast {

using google::protobuf::Timestamp;
using google::protobuf::util::TimeUtil;

Timestamp ToTimestamp(TimePoint time) {
  return TimeUtil::MillisecondsToTimestamp(time.time_since_epoch().count());
}

TimePoint FromTimestamp(const Timestamp& timestamp) {
  const std::int64_t seconds = std::clamp<std::int64_t>(
      timestamp.seconds(), TimeUtil::kTimestampMinSeconds, TimeUtil::kTimestampMaxSeconds);
  const std::int64_t nanos = std::clamp(timestamp.nanos(), 0, 999'999'999);
  return TimePoint(std::chrono::milliseconds(seconds * 1'000 + nanos / 1'000'000));
}

std::string ToRfc3339(TimePoint time) { return TimeUtil::ToString(ToTimestamp(time)); }

std::string FileStamp(TimePoint time) {
  std::string stamp = ToRfc3339(std::chrono::floor<std::chrono::seconds>(time));
  std::erase_if(stamp, [](char c) { return c == '-' || c == ':'; });
  return stamp;
}

Result<TimePoint> FromRfc3339(std::string_view text) {
  Timestamp timestamp;
  if (!TimeUtil::FromString(std::string(text), &timestamp)) {
    return Fail(Code::kInvalidArgument,
                "not a time: write it like 2026-03-01T14:07:00Z or 2026-03-01T07:07:00-07:00");
  }
  return FromTimestamp(timestamp);
}

}  // namespace wardcast
