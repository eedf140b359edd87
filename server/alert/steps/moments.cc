#include "server/alert/steps/moments.h"

#include <algorithm>
#include <chrono>

#include "base/proto_time.h"
#include "server/alert/audience.h"
#include "server/alert/defaults.h"
#include "server/alert/life/revision.h"
#include "server/alert/planned/planned_work.h"
#include "server/alert/planned/reminders.h"

namespace wardcast {
namespace {

using std::chrono::days;

// Nobody learns more from the eleventh than from ten.
constexpr int kMostMisses = 10;
// So long before the end of cached copies they are renewed.
constexpr days kRenewBefore{1};

bool WaitsToBeSent(const v1::Alert& alert) {
  return alert.state() == v1::State::SCHEDULED && alert.has_send_at();
}

// Planned work, scheduled or on the wards, that has a start to come.
bool HasReminders(const v1::Alert& alert) {
  return IsUnbegun(alert) && alert.has_start() && !WaitsToBeSent(alert) &&
         (alert.state() == v1::State::SCHEDULED || alert.state() == v1::State::ACTIVE);
}

bool ShowsAtShiftStarts(const v1::Alert& alert) {
  return IsOnTheWards(alert) && !IsUnbegun(alert) && alert.severity() >= v1::Severity::MODERATE;
}

std::chrono::minutes PromiseEvery(const v1::Alert& alert) {
  constexpr std::chrono::minutes kByHand{60};
  return NextUpdateWithin(alert.severity()).value_or(kByHand);
}

TimePoint At(const v1::ZonedTime& time) { return FromTimestamp(time.at()); }

// Shift starts in (after, until] of `patterns`, where they are open: all, or the two before
// `start`.
template <class Patterns>
std::vector<TimePoint> ShiftMoments(const Patterns& patterns, std::optional<TimePoint> start,
                                    TimePoint after, TimePoint until) {
  std::vector<TimePoint> found;
  for (const ShiftPattern& pattern : patterns) {
    for (const TimePoint at :
         start ? ShiftReminders(pattern, *start) : ShiftStarts(pattern, after, until)) {
      if (at > after && at <= until && IsOpenAt(pattern, at)) found.push_back(at);
    }
  }
  std::ranges::sort(found);
  const auto repeated = std::ranges::unique(found);
  found.erase(repeated.begin(), repeated.end());
  return found;
}

std::vector<TimePoint> ShiftMomentsOfWards(const v1::Alert& alert, const Directory& directory,
                                           std::optional<TimePoint> start, TimePoint after,
                                           TimePoint until) {
  const auto all = ShiftPatternsOf(directory);
  std::vector<TimePoint> found = ShiftMoments(all->patterns, start, after, until);
  if (found.empty()) return found;
  const AudiencePtr audience = AudienceOf(alert, directory);
  std::vector<ShiftPattern> mine;
  for (const ShiftPattern* pattern : PatternsOf(*audience, *all)) mine.push_back(*pattern);
  return ShiftMoments(mine, start, after, until);
}

void Order(std::vector<Moment>& moments) { std::ranges::stable_sort(moments, {}, &Moment::at); }

}  // namespace

std::string StepName(const v1::Alert& alert, const Moment& moment) {
  const std::string at = "@" + ToRfc3339(moment.at);
  switch (moment.kind) {
    case StepKind::kSend:
      return "send" + at;
    case StepKind::kShiftReminder:
      return "reminder-shift" + at;
    case StepKind::kHourReminder:
      return "reminder-60m" + at;
    case StepKind::kQuarterReminder:
      return "reminder-15m" + at;
    case StepKind::kStart:
      return "start" + at;
    case StepKind::kShiftStart:
      return "shift-start" + at;
    case StepKind::kOverrun:
      return "overrun" + at;
    case StepKind::kMissedUpdate:
      return "missed-update-" + std::to_string(moment.count) + "@" +
             ToRfc3339(At(alert.next_update()));
    case StepKind::kRenewal:
      return "renewal" + at;
    case StepKind::kEnd:
      return "end" + at;
  }
  return {};
}

std::vector<Moment> CallsIn(const v1::Alert& alert, const Directory& directory, TimePoint after,
                            TimePoint until) {
  std::vector<Moment> calls;
  const auto add = [&](StepKind kind, TimePoint at) {
    if (at > after && at <= until) calls.push_back({.kind = kind, .at = at});
  };
  if (WaitsToBeSent(alert)) add(StepKind::kSend, At(alert.send_at()));
  // What fell due before the notice was out has been told by the notice.
  if (IsOnTheWards(alert)) after = std::max(after, At(alert.published_at()));
  if (HasReminders(alert)) {
    const TimePoint start = At(alert.start());
    for (const TimePoint at : ShiftMomentsOfWards(alert, directory, start, after, until))
      add(StepKind::kShiftReminder, at);
    add(StepKind::kHourReminder, start - kEarlyReminder);
    add(StepKind::kQuarterReminder, start - kLastReminder);
    if (alert.state() == v1::State::SCHEDULED) add(StepKind::kStart, start);
  }
  if (ShowsAtShiftStarts(alert)) {
    for (const TimePoint at : ShiftMomentsOfWards(alert, directory, std::nullopt, after, until))
      add(StepKind::kShiftStart, at);
  }
  Order(calls);
  return calls;
}

std::vector<Moment> FactsAt(const v1::Alert& alert, TimePoint now) {
  std::vector<Moment> facts;
  const auto add = [&](StepKind kind, TimePoint at, int count = 0) {
    if (at <= now) facts.push_back({.kind = kind, .at = at, .count = count});
  };
  const bool open = IsOnTheWards(alert) || alert.state() == v1::State::SCHEDULED;
  if (!open) return facts;
  if (EndsByItself(alert)) {
    if (alert.has_expires()) add(StepKind::kEnd, FromTimestamp(alert.expires()));
    // Nothing is said about what is over.
    if (!facts.empty()) return facts;
  }
  if (!IsOnTheWards(alert)) return facts;
  if (!EndsByItself(alert) && alert.has_expires())
    add(StepKind::kRenewal, FromTimestamp(alert.expires()) - kRenewBefore);
  if (IsBegunWork(alert) && alert.state() == v1::State::ACTIVE && alert.has_expected_end() &&
      !alert.has_overrun_since())
    add(StepKind::kOverrun, At(alert.expected_end()));
  if (alert.has_next_update()) {
    for (int count = alert.missed_updates() + 1; count <= kMostMisses; ++count) {
      add(StepKind::kMissedUpdate, At(alert.next_update()) + (count - 1) * PromiseEvery(alert),
          count);
    }
  }
  Order(facts);
  return facts;
}

std::optional<TimePoint> NextMoment(const v1::Alert& alert, const Directory& directory,
                                    TimePoint now) {
  std::optional<TimePoint> next;
  const auto add = [&](TimePoint at) {
    if (at > now && (!next || at < *next)) next = at;
  };
  const bool open = IsOnTheWards(alert) || alert.state() == v1::State::SCHEDULED;
  if (!open) return next;
  if (alert.has_expires()) {
    const TimePoint expires = FromTimestamp(alert.expires());
    add(EndsByItself(alert) ? expires : expires - kRenewBefore);
  }
  if (WaitsToBeSent(alert)) add(At(alert.send_at()));
  if (HasReminders(alert)) {
    const TimePoint start = At(alert.start());
    const auto all = ShiftPatternsOf(directory);
    for (const ShiftPattern& pattern : all->patterns) {
      for (const TimePoint at : ShiftReminders(pattern, start)) add(at);
    }
    add(start - kEarlyReminder);
    add(start - kLastReminder);
    if (alert.state() == v1::State::SCHEDULED) add(start);
  }
  if (ShowsAtShiftStarts(alert)) {
    const auto all = ShiftPatternsOf(directory);
    for (const ShiftPattern& pattern : all->patterns) {
      const std::vector<TimePoint> starts = ShiftStarts(pattern, now, now + days(2));
      if (!starts.empty()) add(starts.front());
    }
  }
  if (!IsOnTheWards(alert)) return next;
  if (IsBegunWork(alert) && alert.has_expected_end()) add(At(alert.expected_end()));
  if (alert.has_next_update()) {
    for (int count = 1; count <= kMostMisses; ++count)
      add(At(alert.next_update()) + (count - 1) * PromiseEvery(alert));
  }
  return next;
}

}  // namespace wardcast
