#include "server/alert/warnings.h"

#include <algorithm>
#include <string>
#include <utility>

#include "server/alert/checks/clock_times.h"
#include "server/alert/checks/patient_data.h"

namespace wardcast {
namespace {

constexpr const char* kPatientMessage =
    "looks like a record number, a birth date or a social security number: patient data has no "
    "place in a notice; say why if it is none";
constexpr const char* kClockMessage =
    "has a clock time, which stays as it is when the notice's times move: use {start}, {end} or "
    "{next}";

v1::Warning WarningFor(v1::Warning::Kind kind, std::string field, const char* message) {
  v1::Warning warning;
  warning.set_kind(kind);
  warning.set_field(std::move(field));
  warning.set_message(message);
  return warning;
}

enum class Clocks { kChecked, kAllowed };

}  // namespace

std::vector<v1::Warning> WarningsOf(const v1::Alert& alert) {
  std::vector<v1::Warning> warnings;
  const auto look = [&](const std::string& field, const std::string& text,
                        Clocks clocks = Clocks::kChecked) {
    if (LooksLikePatientData(text))
      warnings.push_back(WarningFor(v1::Warning::KIND_PATIENT_DATA, field, kPatientMessage));
    if (clocks == Clocks::kAllowed) return;
    if (!ClockTimesIn(text).empty())
      warnings.push_back(WarningFor(v1::Warning::KIND_CLOCK_TIME, field, kClockMessage));
  };
  const auto look_all = [&](const std::string& field, const auto& lines) {
    for (int i = 0; i < lines.size(); ++i) look(field + "[" + std::to_string(i) + "]", lines[i]);
  };
  look("alert.headline", alert.headline());
  look("alert.impact", alert.impact());
  look_all("alert.still_works", alert.still_works());
  for (int i = 0; i < alert.instructions_size(); ++i)
    look("alert.instructions[" + std::to_string(i) + "].text", alert.instructions(i).text());
  look("alert.downtime_pc", alert.downtime_pc(), Clocks::kAllowed);
  look("alert.binder", alert.binder(), Clocks::kAllowed);
  look("alert.reason", alert.reason());
  look_all("alert.back_entry", alert.back_entry());
  return warnings;
}

std::vector<v1::Warning> WarningsOf(std::string_view field, std::string_view text) {
  if (!LooksLikePatientData(text)) return {};
  return {WarningFor(v1::Warning::KIND_PATIENT_DATA, std::string(field), kPatientMessage)};
}

bool TakesPatientDataReason(const std::vector<v1::Warning>& warnings) {
  return std::ranges::any_of(warnings, [](const v1::Warning& warning) {
    return warning.kind() == v1::Warning::KIND_PATIENT_DATA;
  });
}

}  // namespace wardcast
