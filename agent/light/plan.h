// Which light endpoints there are, and how each behaves when an alert comes.
#pragma once

#include <chrono>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "wardcast/v1/answer.pb.h"
#include "wardcast/v1/endpoint_service.pb.h"

namespace wardcast::light {

// After a round was delivered; absent: never.
struct Behaviour {
  std::optional<std::chrono::milliseconds> displayed_after;
  std::optional<std::chrono::milliseconds> seen_after;
  std::optional<std::chrono::milliseconds> answer_after;
  // REAL_PROBLEM answers drills, asked or not, and nothing else.
  v1::Response::Value response = v1::Response::UNSPECIFIED;
  v1::HelpKind::Value help = v1::HelpKind::UNSPECIFIED;
  // What it says of its screen, whenever it connects; UNSPECIFIED: nothing.
  v1::ScreenState::Value screen = v1::ScreenState::UNSPECIFIED;
};

struct EndpointPlan {
  std::string id;
  std::string ward_id;  // empty: unplaced
  bool reports = true;  // a BOARD never does
  Behaviour behaviour;
};

// From the text of endpoints.csv and behaviour.csv. All endpoints of a ward display; every second
// one presses *Seen*; the first ordinary PC answers, once, for the ward. The last `endpoints_off`
// of a ward, and those of `except`, are left out. A ward without a line only receives.
// kInvalidArgument: "FILE:LINE: what is wrong".
Result<std::vector<EndpointPlan>> PlanFromCsv(std::string_view endpoints,
                                              std::string_view behaviour,
                                              const std::set<std::string>& except);

// "load-1" … "load-N": deliver and display at once, press nothing.
std::vector<EndpointPlan> PlanOfCount(int count, const std::string& prefix,
                                      const std::set<std::string>& except);

}  // namespace wardcast::light
