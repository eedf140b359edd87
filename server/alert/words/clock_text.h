// Times as people read them. Pure.
#pragma once

#include <string>

#include "server/alert/words/language.h"
#include "wardcast/v1/time.pb.h"

namespace wardcast {

// How the product's words are to be written in one text.
struct Wording {
  Language language = Language::kEnglish;
  // Clock times with their zone: zones differ, or clocks change within a day.
  bool with_zone = false;
};

// "14:07", in the zone of `time`.
std::string ClockText(const v1::ZonedTime& time);

// "14:07", "14:07 MST" or "Mon 14:07": with the weekday if that is not the day of `today`, and with
// day and month ("Mon 2 Nov 14:07", "Mo 2.11. 14:07") if it is a week or more away.
std::string MomentText(const v1::ZonedTime& time, const v1::ZonedTime& today,
                       const Wording& wording);

}  // namespace wardcast
