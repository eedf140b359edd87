// What the clock did not do, for the publisher to settle: WithMissed.
#include <algorithm>
#include <chrono>
#include <optional>
#include <utility>
#include <vector>

#include "base/proto_time.h"
#include "server/alert/steps.h"
#include "server/alert/steps/moments.h"
#include "server/alert/validation.h"
#include "server/alert/zoned_time.h"

namespace wardcast {
namespace {

// Nobody settles eleven questions better than ten.
constexpr std::size_t kMostAsked = 10;

// nullopt: a fact, which is never missed.
std::optional<v1::MissedStep::Kind> AskedAs(StepKind kind) {
  switch (kind) {
    case StepKind::kSend:
      return v1::MissedStep::KIND_SEND;
    case StepKind::kShiftReminder:
    case StepKind::kHourReminder:
    case StepKind::kQuarterReminder:
      return v1::MissedStep::KIND_REMINDER;
    case StepKind::kStart:
      return v1::MissedStep::KIND_START;
    case StepKind::kShiftStart:
      return v1::MissedStep::KIND_SHIFT_START;
    case StepKind::kOverrun:
    case StepKind::kMissedUpdate:
    case StepKind::kRenewal:
    case StepKind::kEnd:
      return std::nullopt;
  }
  return std::nullopt;
}

// Those of `missed` that are calls of this alert, as moments.
std::vector<Moment> CallsAmong(const std::vector<Step>& missed, const v1::Alert& alert,
                               const Directory& directory, TimePoint now) {
  const TimePoint oldest = std::ranges::min_element(missed, {}, &Step::due)->due;
  std::vector<Moment> calls =
      CallsIn(alert, directory, oldest - std::chrono::milliseconds(1), now - kOldestCall);
  std::erase_if(calls, [&](const Moment& moment) {
    const std::string name = StepName(alert, moment);
    return std::ranges::none_of(missed, [&](const Step& step) { return step.key.step == name; });
  });
  return calls;
}

std::pair<TimePoint, v1::MissedStep::Kind> OrderOf(const v1::MissedStep& step) {
  return {FromTimestamp(step.due().at()), step.kind()};
}

}  // namespace

std::optional<v1::Alert> WithMissed(const v1::Alert& current, const std::vector<Step>& missed,
                                    const Directory& directory, TimePoint now) {
  if (missed.empty()) return std::nullopt;
  std::vector<v1::MissedStep> asked(current.missed().begin(), current.missed().end());
  for (const Moment& moment : CallsAmong(missed, current, directory, now)) {
    const auto kind = AskedAs(moment.kind);
    if (!kind) continue;
    v1::MissedStep& step = asked.emplace_back();
    step.set_kind(*kind);
    *step.mutable_due() = ToZoned(moment.at, current.zone());
  }
  // Two reminders of one moment are one question.
  std::ranges::stable_sort(asked, {}, OrderOf);
  const auto repeated = std::ranges::unique(asked, {}, OrderOf);
  asked.erase(repeated.begin(), repeated.end());
  if (asked.size() > kMostAsked) asked.erase(asked.begin(), asked.end() - kMostAsked);

  v1::Alert alert = current;
  *alert.mutable_missed() = {asked.begin(), asked.end()};
  // In a notice that is as long as one may be, the newest are asked about.
  while (!alert.missed().empty() && CheckSize(alert))
    alert.mutable_missed()->erase(alert.missed().begin());
  if (alert.SerializeAsString() == current.SerializeAsString()) return std::nullopt;
  return alert;
}

}  // namespace wardcast
