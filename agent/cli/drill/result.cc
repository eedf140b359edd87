#include "agent/cli/drill/result.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/proto_time.h"

namespace wardcast::cli {
namespace {

using std::chrono::seconds;

bool Acknowledges(const v1::WardAnswer& answer) {
  return answer.response() == v1::Response::PROCEDURE_STARTED ||
         answer.response() == v1::Response::NOT_AFFECTED;
}

WardResult ResultOfWard(const v1::WardProgress& ward, TimePoint went_out) {
  WardResult result{.ward_id = ward.ward_id(),
                    .name = ward.name().empty() ? ward.ward_id() : ward.name(),
                    .state = ward.state(),
                    .expected = ward.expected(),
                    .displayed = ward.displayed(),
                    .answered_after = {},
                    .answered_by = {}};
  for (const v1::WardAnswer& answer : ward.answers()) {
    if (answer.response() == v1::Response::REAL_PROBLEM) result.real_problem = true;
    if (!Acknowledges(answer)) continue;
    // What the ward answers to the drill says nothing about its problem.
    if (answer.from_outside()) result.real_problem = false;
    if (result.answered_after) continue;
    const auto after = std::chrono::duration_cast<seconds>(FromTimestamp(answer.at()) - went_out);
    result.answered_after = std::max(after, seconds(0));
    result.answered_by = answer.by();
    if (!answer.person().initials().empty()) result.answered_by += " " + answer.person().initials();
  }
  // The broker decides how a ward stands.
  result.real_problem = result.real_problem && ward.state() == v1::WardState::HELP;
  return result;
}

bool IsReached(const WardResult& ward) {
  return ward.displayed > 0 || ward.state == v1::WardState::ACKNOWLEDGED ||
         ward.answered_after.has_value();
}

}  // namespace

DrillResult ResultOf(const v1::Alert& drill, const v1::AlertProgress& progress) {
  const TimePoint went_out = FromTimestamp(drill.published_at().at());
  DrillResult result;
  std::vector<seconds> spans;
  for (const v1::WardProgress& ward : progress.by_ward()) {
    WardResult one = ResultOfWard(ward, went_out);
    if (one.real_problem) ++result.real_problems;
    if (one.state != v1::WardState::CLOSED) {
      ++result.wards;
      if (IsReached(one)) ++result.reached;
      if (one.answered_after) {
        ++result.answered;
        spans.push_back(*one.answered_after);
      }
    }
    result.by_ward.push_back(std::move(one));
  }
  if (!spans.empty()) {
    const auto middle = spans.begin() + static_cast<std::ptrdiff_t>((spans.size() - 1) / 2);
    std::nth_element(spans.begin(), middle, spans.end());
    result.median = *middle;
  }
  return result;
}

std::string ResultLine(const DrillResult& result) {
  std::string line = fmt::format("{} of {} wards answered", result.answered, result.wards);
  if (result.median) line += fmt::format(", half of them within {}", SpanText(*result.median));
  line += fmt::format(" · {} reached", result.reached);
  if (result.real_problems > 0) line += fmt::format(" · REAL PROBLEM: {}", result.real_problems);
  return line;
}

std::string SpanText(seconds span) {
  if (span < std::chrono::minutes(1)) return fmt::format("{} s", span.count());
  const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(span);
  if (minutes < std::chrono::hours(1)) return fmt::format("{} min", minutes.count());
  return fmt::format("{} h {} min", minutes.count() / 60, minutes.count() % 60);
}

}  // namespace wardcast::cli
