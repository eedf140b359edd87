#include "agent/cli/alerts/missed_words.h"

#include <algorithm>

#include "agent/cli/print.h"

namespace wardcast::cli {
namespace {

const char* WordsFor(v1::MissedStep::Kind kind) {
  switch (kind) {
    case v1::MissedStep::KIND_SEND:
      return "it was not sent";
    case v1::MissedStep::KIND_REMINDER:
      return "a reminder was not shown";
    case v1::MissedStep::KIND_START:
      return "it was not shown at its start";
    case v1::MissedStep::KIND_SHIFT_START:
      return "it was not shown to the shift that began";
    default:  // of a newer broker
      return "something was not done";
  }
}

std::string Remedy(const v1::Alert& alert, const std::string& flag, const char* what) {
  return "  wardcast update " + Printable(alert.id()) + " " + flag + "  " + what + "\n";
}

bool HasMissed(const v1::Alert& alert, v1::MissedStep::Kind kind) {
  return std::ranges::any_of(alert.missed(),
                             [&](const v1::MissedStep& step) { return step.kind() == kind; });
}

}  // namespace

std::string MissedText(const v1::Alert& alert) {
  if (alert.missed().empty()) return {};
  std::string text = "MISSED by the clock:\n";
  for (const v1::MissedStep& step : alert.missed())
    text += "  " + TimeText(step.due()) + "  " + WordsFor(step.kind()) + "\n";
  text += "To settle it:\n";
  const bool waits = alert.state() == v1::State::SCHEDULED;
  if (waits) {
    text += Remedy(alert, "--send-now", "the wards get it now");
    if (HasMissed(alert, v1::MissedStep::KIND_SEND))
      text += Remedy(alert, "--send-at WHEN", "at another time");
  } else {
    text += Remedy(alert, "--re-alert", "show it once more now");
  }
  const bool to_begin = alert.kind() == v1::Kind::PLANNED_DOWNTIME && !alert.has_started_at();
  if (to_begin) text += Remedy(alert, "--started", "the work has begun");
  text += Remedy(alert, "--settle-missed", waits ? "leave it unsent" : "leave it so");
  return text;
}

std::string ToDoText(const v1::Alert& alert) {
  std::string text = alert.missed().empty() ? "" : "MISSED by the clock";
  const bool on_wards =
      alert.state() == v1::State::ACTIVE || alert.state() == v1::State::RECOVERING;
  if (on_wards && alert.missed_updates() > 0)
    text += (text.empty() ? "" : ", ") + std::string("UPDATE OVERDUE");
  return text;
}

}  // namespace wardcast::cli
