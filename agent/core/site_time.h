// Times as people at one site read them, without a zone database: the broker sends the site's
// offsets.
#pragma once

#include <google/protobuf/repeated_ptr_field.h>

#include <string>
#include <vector>

#include "agent/core/words/language.h"
#include "base/clock.h"
#include "wardcast/v1/time.pb.h"

namespace wardcast::agent {

// Threads: any (immutable).
class SiteTime {
 public:
  // Without offsets: each ZonedTime in its own zone, everything else in UTC, both with the zone.
  SiteTime() = default;
  // `offsets`: oldest first.
  explicit SiteTime(const google::protobuf::RepeatedPtrField<v1::ZoneOffset>& offsets,
                    Language language = Language::kEnglish);

  // The same with the weekdays and months of another language.
  SiteTime In(Language language) const;
  Language language() const { return language_; }

  // "14:07" today, "Mon 14:07" within six days, else "Mon 2 Mar 14:07"; followed by the zone
  // ("14:07 MST") if the alert's zone differs from the site's, or the site's clocks change within
  // 24 hours of it.
  std::string Text(const v1::ZonedTime& time, TimePoint now) const;
  std::string Text(TimePoint time, TimePoint now) const;
  // "2026-01-14": the day at the site.
  std::string Date(TimePoint time) const;
  // The next midnight at the site, when today's times get their weekday.
  TimePoint NextDay(TimePoint now) const;

 private:
  struct Stretch {
    TimePoint from;
    std::chrono::minutes offset{0};
    std::string abbreviation;
  };
  // The stretch at `time`; the first one also before its begin.
  const Stretch* At(TimePoint time) const;
  bool ClocksChangeNear(TimePoint time) const;

  std::string WallText(TimePoint time, TimePoint now, std::chrono::minutes offset,
                       std::chrono::minutes offset_now) const;

  std::vector<Stretch> stretches_;
  Language language_ = Language::kEnglish;
};

}  // namespace wardcast::agent
