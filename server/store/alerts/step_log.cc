#include "server/store/alerts/step_log.h"

#include <algorithm>
#include <cstdint>
#include <set>
#include <span>
#include <tuple>

#include "server/store/alert_row.h"
#include "server/store/sql/json_rows.h"

namespace wardcast {
namespace {

// A month's pause of a large hospital is many steps: so many are written by one statement.
constexpr std::size_t kStepsAtOnce = 2'000;

using StepKeyRow = std::tuple<std::int64_t, std::string, std::string>;  // round, step, target

StepKeyRow KeyRow(const StepRow& step) { return {step.round, step.step, step.target}; }

std::string StepRowsAsJson(std::span<const StepRow> steps) {
  JsonRows rows;
  for (const StepRow& step : steps) {
    if (!IsPlainText(step.step) || !IsPlainText(step.target)) throw UnfitText();
    rows.Row()
        .Number("of_round", step.round)
        .Text("name", step.step)
        .Text("place", step.target)
        .Number("due", ToMillis(step.due))
        .Number("result", static_cast<std::int64_t>(step.outcome));
  }
  return rows.Take();
}

std::string StepRowsOf(Dialect dialect) {
  using enum JsonColumn::Type;
  return RowsOf(dialect, {{"of_round", kNumber},
                          {"name", kText},
                          {"place", kText},
                          {"due", kNumber},
                          {"result", kNumber}});
}

}  // namespace

std::vector<StepRow> FreshSteps(Connection& connection, const std::string& alert_id,
                                const std::vector<StepRow>& steps) {
  if (steps.empty()) return {};
  std::set<StepKeyRow> known;
  for (const auto& row : connection.Read<std::int64_t, std::string, std::string>(
           "SELECT s.round, s.step, s.target FROM step s JOIN " + StepRowsOf(connection.dialect()) +
               " ON r.of_round = s.round AND r.name = s.step AND r.place = s.target"
               " WHERE s.alert_id = :alert",
           StepRowsAsJson(steps), alert_id))
    known.insert(row);
  std::vector<StepRow> fresh;
  for (const StepRow& step : steps) {
    if (known.insert(KeyRow(step)).second) fresh.push_back(step);
  }
  return fresh;
}

void RecordSteps(Connection& connection, const std::string& alert_id,
                 const std::vector<StepRow>& fresh, TimePoint now) {
  for (std::size_t from = 0; from < fresh.size(); from += kStepsAtOnce) {
    const std::span<const StepRow> some(fresh.data() + from,
                                        std::min(kStepsAtOnce, fresh.size() - from));
    connection.Execute(
        "INSERT INTO step (alert_id, round, step, target, due_at, at, outcome)"
        " SELECT CAST(:alert AS TEXT), of_round, name, place, due, CAST(:now AS BIGINT), result"
        " FROM " +
            StepRowsOf(connection.dialect()),
        alert_id, ToMillis(now), StepRowsAsJson(some));
  }
}

std::vector<RecordedStep> ReadSteps(Connection& connection, const std::string& alert_id) {
  std::vector<RecordedStep> steps;
  for (auto& [round, step, target, due, at, outcome] :
       connection
           .Read<std::int64_t, std::string, std::string, std::int64_t, std::int64_t, std::int64_t>(
               "SELECT round, step, target, due_at, at, outcome FROM step WHERE alert_id = :alert"
               " ORDER BY due_at, step, target, round",
               alert_id)) {
    steps.push_back({.step = {.step = step,
                              .target = target,
                              .round = static_cast<int>(round),
                              .due = FromMillis(due),
                              .outcome = static_cast<StepOutcome>(outcome)},
                     .at = FromMillis(at)});
  }
  return steps;
}

}  // namespace wardcast
