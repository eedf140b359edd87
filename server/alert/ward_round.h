// Which round counts for a ward: the alert's, or the ward's own if it was raised alone. Pure.
#pragma once

#include <algorithm>
#include <string_view>

#include "wardcast/v1/alert.pb.h"

namespace wardcast {

inline int RoundOf(const v1::Alert& alert, std::string_view ward_id) {
  int round = alert.round();
  for (const v1::WardOverride& raised : alert.ward_overrides()) {
    if (raised.ward_id() == ward_id) round = std::max(round, raised.round());
  }
  return round;
}

// Of all wards.
inline int HighestRound(const v1::Alert& alert) {
  int round = alert.round();
  for (const v1::WardOverride& raised : alert.ward_overrides())
    round = std::max(round, raised.round());
  return round;
}

}  // namespace wardcast
