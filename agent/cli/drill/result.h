// What a drill showed, ward by ward: statistics of their own, never added to those of real notices.
// Pure.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "wardcast/v1/alert.pb.h"
#include "wardcast/v1/progress.pb.h"

namespace wardcast::cli {

struct WardResult {
  std::string ward_id;
  std::string name;
  v1::WardState::Value state{};
  int expected = 0;   // PCs
  int displayed = 0;  // of these
  // From the drill's going out to the ward's first "procedure started" or "not affected", in any
  // round; absent: none is known. Progress tells the newest 20 answers of a ward.
  std::optional<std::chrono::seconds> answered_after;
  std::string answered_by;  // "4W-PC-03 J.R."; empty: no answer
  // Somebody pressed "Real problem here", and nobody from outside the ward has acknowledged since.
  bool real_problem = false;
};

struct DrillResult {
  int wards = 0;          // that were open
  int reached = 0;        // of these, at least one PC showed it
  int answered = 0;       // of these, acknowledged
  int real_problems = 0;  // wards, also closed ones
  // Half of the wards that answered had done so after; absent: none has.
  std::optional<std::chrono::seconds> median;
  std::vector<WardResult> by_ward;  // in the order of the progress
};

DrillResult ResultOf(const v1::Alert& drill, const v1::AlertProgress& progress);

// "2 of 3 wards answered, half of them within 4 min · 3 reached".
std::string ResultLine(const DrillResult& result);

// "40 s", "12 min", "1 h 12 min".
std::string SpanText(std::chrono::seconds span);

}  // namespace wardcast::cli
