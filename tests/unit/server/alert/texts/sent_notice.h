// A notice with blanks that goes out on a Sunday at 14:07 in Denver.
#pragma once

#include <optional>
#include <string>

#include "server/alert/lifecycle.h"
#include "tests/unit/server/alert/notice.h"

namespace wardcast {

inline const TimePoint kSunday = At("2026-03-01T21:07:00Z");

// The outage of the results, which ends at 16:00, with `more` of it as JSON.
inline v1::Alert WithBlanks(const std::string& more = "{}") {
  v1::Alert alert = LabOutage();
  alert.set_headline("{service}: not reaching the EHR");
  alert.set_impact("Since {start}, until {end}. Next update {next}.");
  *alert.mutable_expected_end()->mutable_at() = ToTimestamp(At("2026-03-01T23:00:00Z"));
  alert.MergeFrom(FromJson<v1::Alert>(more));
  return alert;
}

inline v1::Alert SentWithBlanks(const std::string& more = "{}") {
  const auto alert = NewAlert(WithBlanks(more), Hospital(), "desk", kSunday);
  EXPECT_TRUE(alert) << alert.error().message;
  return alert ? *alert : v1::Alert();
}

inline Result<std::optional<v1::Alert>> Edited(const v1::Alert& current, const std::string& request,
                                               TimePoint now) {
  return UpdatedAlert(current, FromJson<v1::UpdateAlertRequest>(request), Hospital(), now);
}

}  // namespace wardcast
