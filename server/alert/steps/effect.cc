// What steps do to an alert: AfterSteps.
#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/proto_time.h"
#include "server/alert/audience.h"
#include "server/alert/defaults.h"
#include "server/alert/drills/drill.h"
#include "server/alert/life/going_out.h"
#include "server/alert/life/revision.h"
#include "server/alert/lifecycle.h"
#include "server/alert/planned/reminders.h"
#include "server/alert/steps.h"
#include "server/alert/steps/moments.h"
#include "server/alert/steps/real_notice.h"
#include "server/alert/validation.h"
#include "server/alert/ward_round.h"
#include "server/alert/zoned_time.h"

namespace wardcast {
namespace {

constexpr int kMostOverrides = 200;

// A call to attention that some steps ask for; of several the strongest is made.
struct Call {
  v1::Presentation::Value presentation = v1::Presentation::UNSPECIFIED;
  v1::Occasion::Value occasion = v1::Occasion::UNSPECIFIED;

  bool any() const { return occasion != v1::Occasion::UNSPECIFIED; }
  void Strengthen(v1::Presentation::Value to, v1::Occasion::Value why) {
    if (any() && to <= presentation) return;
    presentation = to;
    occasion = why;
  }
};

struct Calls {
  Call all;                     // every ward of the audience
  Call some;                    // `wards` only
  std::set<std::string> wards;  // of the audience
};

// The steps of `fresh` that are due for this alert now.
std::vector<Moment> DueOf(const v1::Alert& alert, const std::vector<StepKey>& fresh,
                          const Directory& directory, TimePoint now) {
  std::vector<Moment> due = FactsAt(alert, now);
  const bool ends = std::ranges::find(due, StepKind::kEnd, &Moment::kind) != due.end();
  if (!ends) {
    const std::vector<Moment> calls = CallsIn(alert, directory, now - kOldestCall, now);
    due.insert(due.end(), calls.begin(), calls.end());
  }
  std::erase_if(due, [&](const Moment& moment) {
    const std::string name = StepName(alert, moment);
    return std::ranges::find(fresh, name, &StepKey::step) == fresh.end();
  });
  return due;
}

// Wards of the audience that have this moment, and are open at it: a shift start, or with `start`
// one of the last two before it.
void AddWards(const v1::Alert& alert, const Directory& directory, TimePoint at,
              std::optional<TimePoint> start, std::set<std::string>& wards) {
  const auto patterns = ShiftPatternsOf(directory);
  std::vector<bool> has(patterns->patterns.size());
  for (std::size_t i = 0; i < has.size(); ++i) {
    const std::vector<TimePoint> starts =
        start ? ShiftReminders(patterns->patterns[i], *start)
              : ShiftStarts(patterns->patterns[i], at - std::chrono::milliseconds(1), at);
    has[i] = std::ranges::find(starts, at) != starts.end() && IsOpenAt(patterns->patterns[i], at);
  }
  const auto audience = AudienceOf(alert, directory);
  for (const ResolvedAudience::Ward& ward : audience->wards) {
    const auto its = patterns->of_ward.find(ward.ward_id);
    if (its != patterns->of_ward.end() && has[its->second]) wards.insert(ward.ward_id);
  }
}

v1::WardOverride& OverrideOf(v1::Alert& alert, const std::string& ward_id) {
  for (v1::WardOverride& ward : *alert.mutable_ward_overrides()) {
    if (ward.ward_id() == ward_id) return ward;
  }
  v1::WardOverride& added = *alert.add_ward_overrides();
  added.set_ward_id(ward_id);
  return added;
}

int OverridesWith(const v1::Alert& alert, const std::set<std::string>& wards) {
  std::set<std::string> all = wards;
  for (const v1::WardOverride& ward : alert.ward_overrides()) all.insert(ward.ward_id());
  return static_cast<int>(all.size());
}

void CallWards(const Calls& calls, v1::Alert& alert) {
  for (const std::string& ward_id : calls.wards) {
    const int round = RoundOf(alert, ward_id) + 1;
    v1::WardOverride& ward = OverrideOf(alert, ward_id);
    ward.set_round(round);
    ward.set_presentation(calls.some.presentation);
    ward.set_occasion(calls.some.occasion);
  }
}

// One new round at most: for everybody, or for some wards alone.
void MakeCalls(Calls calls, const Directory& directory, v1::Alert& alert) {
  if (calls.some.any()) {
    const bool everybody = calls.wards.size() == AudienceOf(alert, directory)->wards.size() ||
                           OverridesWith(alert, calls.wards) > kMostOverrides;
    if (everybody) calls.all.Strengthen(calls.some.presentation, calls.some.occasion);
    if (everybody || calls.all.presentation >= calls.some.presentation) calls.some = {};
  }
  if (calls.all.any()) CallAgain(alert, calls.all.occasion, calls.all.presentation);
  if (!calls.some.any()) return;
  const v1::Alert before = alert;
  CallWards(calls, alert);
  if (!CheckSize(alert)) return;
  // Too many for one alert to name: then everybody.
  alert = before;
  CallAgain(alert, calls.some.occasion, calls.some.presentation);
}

// A notice that waited goes out with what sent it: a reminder is shown as one, and wards that are
// not reminded yet have the strip.
void SendWith(Calls calls, const Directory& directory, TimePoint now, v1::Alert& alert) {
  GoOut(alert, now);
  if (!calls.all.any() && !calls.some.any()) return;
  // Not a second round: the first one is that call.
  alert.set_round(0);
  calls.all.Strengthen(v1::Presentation::TICKER, calls.some.occasion);
  MakeCalls(std::move(calls), directory, alert);
}

// What one step asks for. False: it changes nothing.
bool Apply(const Moment& moment, const Directory& directory, TimePoint now, v1::Alert& alert,
           Calls& calls, bool& sends) {
  using v1::Occasion;
  using v1::Presentation;
  switch (moment.kind) {
    case StepKind::kSend:
      alert.clear_send_at();
      sends = sends || !IsHeld(alert, directory, now);
      return true;
    case StepKind::kShiftReminder:
      calls.some.Strengthen(Presentation::TOAST, Occasion::REMINDER);
      AddWards(alert, directory, moment.at, FromTimestamp(alert.start().at()), calls.wards);
      return true;
    case StepKind::kHourReminder:
      calls.all.Strengthen(Presentation::TOAST, Occasion::REMINDER);
      return true;
    case StepKind::kQuarterReminder:
      calls.all.Strengthen(Presentation::DIALOG, Occasion::REMINDER);
      return true;
    case StepKind::kStart:
      calls.all.Strengthen(Presentation::TICKER, Occasion::PUBLISHED);
      return true;
    case StepKind::kShiftStart:
      calls.some.Strengthen(std::min(Presentation::TOAST, alert.presentation()),
                            Occasion::SHIFT_START);
      AddWards(alert, directory, moment.at, std::nullopt, calls.wards);
      return true;
    case StepKind::kOverrun:
      *alert.mutable_overrun_since() = ToZoned(moment.at, alert.zone());
      // Late, everybody knows; only the clock on the strip is told.
      if (moment.at > now - kOldestCall)
        calls.all.Strengthen(Presentation::DIALOG, Occasion::OVERRUN);
      return true;
    case StepKind::kMissedUpdate:
      if (moment.count <= alert.missed_updates()) return false;
      alert.set_missed_updates(moment.count);
      return true;
    case StepKind::kRenewal:
      return true;
    case StepKind::kEnd:
      return false;
  }
  return false;
}

}  // namespace

std::optional<v1::Alert> AfterSteps(const v1::Alert& current, const std::vector<StepKey>& fresh,
                                    const Directory& directory, TimePoint now) {
  if (std::ranges::any_of(fresh, IsRealNotice)) return StoppedDrill(current, directory, now);
  const std::vector<Moment> due = DueOf(current, fresh, directory, now);
  if (due.empty()) return std::nullopt;
  if (std::ranges::find(due, StepKind::kEnd, &Moment::kind) != due.end())
    return ExpiredAlert(current, directory, now);

  v1::Alert alert = current;
  Calls calls;
  bool sends = false;
  bool changes = false;
  for (const Moment& moment : due)
    changes = Apply(moment, directory, now, alert, calls, sends) || changes;
  if (!changes) return std::nullopt;
  if (alert.state() == v1::State::SCHEDULED) {
    if (sends || calls.all.any() || calls.some.any())
      SendWith(std::move(calls), directory, now, alert);
  } else {
    MakeCalls(std::move(calls), directory, alert);
  }
  // What ends by the clock does not live longer for having been shown. A drill ends 2 h after it
  // went out, which may be now.
  if (IsDrill(alert) || !EndsByItself(alert))
    *alert.mutable_expires() = ToTimestamp(ExpiresAt(alert, now));
  return alert;
}

}  // namespace wardcast
