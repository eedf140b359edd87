// TimePoint ↔ google.protobuf.Timestamp and text.
#pragma once

#include <google/protobuf/timestamp.pb.h>

#include <chrono>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/result.h"

namespace wardcast {

// The clock of a PC or a publisher may say anything. From here on, and before 1970, it is wrong.
inline constexpr TimePoint kYear2200{std::chrono::seconds(7'258'118'400)};

google::protobuf::Timestamp ToTimestamp(TimePoint time);
// Rounds down to milliseconds. What is no time (outside of the years 1 … 9999) is the nearest one.
TimePoint FromTimestamp(const google::protobuf::Timestamp& timestamp);
// "2026-03-01T14:07:00.000Z".
std::string ToRfc3339(TimePoint time);
// "20260301T140700Z", for names of files: no colon, which some file systems do not take.
std::string FileStamp(TimePoint time);
// Accepts an offset ("…+01:00") as well as "Z". kInvalidArgument otherwise.
Result<TimePoint> FromRfc3339(std::string_view text);

}  // namespace wardcast
