// Edits: UpdatedAlert.
#include <algorithm>
#include <utility>
#include <vector>

#include "base/proto_time.h"
#include "server/alert/defaults.h"
#include "server/alert/dose.h"
#include "server/alert/drills/drill_rules.h"
#include "server/alert/edit.h"
#include "server/alert/life/going_out.h"
#include "server/alert/life/revision.h"
#include "server/alert/lifecycle.h"
#include "server/alert/local_time.h"
#include "server/alert/planned/planned_work.h"
#include "server/alert/texts/filled_check.h"
#include "server/alert/validation.h"
#include "server/alert/zoned_time.h"

namespace wardcast {
namespace {

using MaybeAlert = Result<std::optional<v1::Alert>>;

// The request with every local time made an instant, in the zone that the alert will have.
Result<v1::Alert> Resolved(const v1::Alert& current, const v1::UpdateAlertRequest& request,
                           const FieldNames& fields, const Directory& directory) {
  v1::Alert merged = request.alert();
  if (!fields.contains("zone")) merged.set_zone(current.zone());
  if (!fields.contains("audience")) *merged.mutable_audience() = current.audience();
  if (!fields.contains("services")) *merged.mutable_services() = current.services();
  std::vector<FieldViolation> violations;
  ResolveLocalTimes(merged, directory, violations);
  if (!violations.empty()) return Invalid(std::move(violations));
  return merged;
}

// What was only a default, and is not edited, follows what it came from.
void ReleaseDefaults(const v1::Alert& current, const FieldNames& edited, const Directory& directory,
                     v1::Alert& alert) {
  const bool shown_by_default =
      current.presentation() == DefaultPresentation(current.severity()) ||
      current.presentation() == DefaultPresentationFor(current.severity(), true);
  if (!edited.contains("presentation") && alert.severity() != current.severity() &&
      shown_by_default)
    alert.clear_presentation();
  // Planned work has its first news at its start, wherever that moves.
  if (!edited.contains("next_update") && edited.contains("start") && IsUnbegun(current) &&
      current.has_next_update() && current.has_start() &&
      FromTimestamp(current.next_update().at()) == FromTimestamp(current.start().at()))
    alert.clear_next_update();
  if (!edited.contains("audience")) return;
  const v1::Site* home = HomeSite(current, directory);
  if (!home) return;
  if (!edited.contains("phone") && current.phone() == home->phone()) alert.clear_phone();
  if (!edited.contains("phone_fallback") && current.phone_fallback() == home->phone_fallback())
    alert.clear_phone_fallback();
  if (!edited.contains("zone") && current.zone() == home->zone()) alert.clear_zone();
}

// What is not named any more can not be in order again either.
void DropClearedServices(v1::Alert& alert) {
  const auto gone = [&](const std::string& id) {
    return std::ranges::find(alert.services(), id) == alert.services().end();
  };
  v1::Alert kept;
  for (const v1::ClearedPart& part : alert.cleared()) {
    v1::ClearedPart rest = part;
    rest.clear_services();
    rest.clear_service_names();
    for (int i = 0; i < part.services_size(); ++i) {
      if (gone(part.services(i))) continue;
      rest.add_services(part.services(i));
      if (i < part.service_names_size()) rest.add_service_names(part.service_names(i));
    }
    if (part.services_size() == 0 || rest.services_size() > 0) *kept.add_cleared() = rest;
  }
  *alert.mutable_cleared() = kept.cleared();
}

bool SaysUnderWay(v1::Phase::Value phase) {
  return phase == v1::Phase::CONFIRMED || phase == v1::Phase::EXTENDED ||
         phase == v1::Phase::LOOKING_INTO_IT;
}

bool SaysNotBegun(v1::Phase::Value phase) {
  return phase == v1::Phase::ANNOUNCED || phase == v1::Phase::POSTPONED;
}

// When planned work began, by the request: what it says, or now.
Result<TimePoint> StartedAt(const v1::Alert& written, TimePoint now) {
  if (!written.has_started_at()) return now;
  const TimePoint at = FromTimestamp(written.started_at().at());
  constexpr std::chrono::days kLongestAgo{31};
  if (!written.started_at().has_at() || at > now || at < now - kLongestAgo) {
    return Invalid({{"alert.started_at",
                     "must be in the last 31 days and not in the future: leave it out for now"}});
  }
  return at;
}

// Planned work: begun, by `started` or by a phase that says so; or not begun after all.
Result<void> FollowStart(const v1::UpdateAlertRequest& request, const v1::Alert& written,
                         const v1::Alert& current, bool phase_given, TimePoint now,
                         v1::Alert& alert) {
  if (alert.kind() != v1::Kind::PLANNED_DOWNTIME) {
    if (request.started())
      return Fail(Code::kFailedPrecondition, "only planned work has a start to be confirmed");
    alert.clear_started_at();
    alert.clear_overrun_since();
    return {};
  }
  if (request.started()) {
    if (current.state() != v1::State::ACTIVE && current.state() != v1::State::SCHEDULED)
      return RefuseState(current, "a start is confirmed once it is sent and before it is restored");
    // Said twice, it stays at the first.
    if (current.has_started_at() && !written.has_started_at()) return {};
    const auto at = StartedAt(written, now);
    if (!at) return std::unexpected(at.error());
    if (!current.has_started_at() || FromTimestamp(current.started_at().at()) != *at)
      Begin(alert, *at);
    // What has begun does not wait for its time.
    alert.clear_send_at();
    if (!phase_given && !current.has_started_at()) alert.set_phase(v1::Phase::CONFIRMED);
    return {};
  }
  if (!phase_given) return {};
  if (SaysUnderWay(alert.phase()) && !alert.has_started_at()) {
    Begin(alert, now);
  } else if (SaysNotBegun(alert.phase()) && alert.has_started_at()) {
    alert.clear_started_at();
    alert.clear_overrun_since();
    ShowInPlace(alert, alert.presentation());
  }
  return {};
}

bool EndsLater(const v1::Alert& before, const v1::Alert& after) {
  return before.has_expected_end() && after.has_expected_end() &&
         FromTimestamp(after.expected_end().at()) > FromTimestamp(before.expected_end().at());
}

bool SameTime(bool had, const v1::ZonedTime& old, bool has, const v1::ZonedTime& now) {
  return had == has && FromTimestamp(old.at()) == FromTimestamp(now.at());
}

// Begun work whose end moves later takes longer than said; work that has a new end has not overrun.
void FollowEnd(const v1::Alert& current, bool phase_given, TimePoint now, v1::Alert& alert) {
  const bool goes_on = alert.phase() == v1::Phase::CONFIRMED &&
                       (IsBegunWork(alert) || alert.kind() == v1::Kind::OUTAGE ||
                        alert.kind() == v1::Kind::DEGRADED);
  if (!phase_given && alert.state() == v1::State::ACTIVE && goes_on && EndsLater(current, alert))
    alert.set_phase(v1::Phase::EXTENDED);
  const bool over = alert.has_expected_end() && FromTimestamp(alert.expected_end().at()) <= now;
  if (alert.has_overrun_since() && !over) {
    alert.clear_overrun_since();
    ShowInPlace(alert, v1::Presentation::TICKER);
  }
  // Its publisher says that it has overrun: nobody need be called by the clock.
  const bool said_now = !SameTime(current.has_expected_end(), current.expected_end(),
                                  alert.has_expected_end(), alert.expected_end()) ||
                        current.has_started_at() != alert.has_started_at() ||
                        current.state() != alert.state();
  if (over && said_now && IsBegunWork(alert) && alert.state() == v1::State::ACTIVE)
    *alert.mutable_overrun_since() = alert.expected_end();
}

bool SameAs(const v1::Alert& a, const v1::Alert& b) {
  return a.SerializeAsString() == b.SerializeAsString();
}

MaybeAlert UpdatedDraft(const v1::Alert& current, const v1::Alert& written,
                        const FieldNames& fields, const Directory& directory, TimePoint now) {
  v1::Alert alert = current;
  CopyFields(written, fields, alert);
  SpareClinical(alert);
  auto violations = CheckDraft(alert, directory);
  if (IsEndingPhase(alert.phase())) violations.push_back(EndingPhase());
  if (!violations.empty()) return Invalid(std::move(violations));
  FillPrinted(alert, directory);
  if (SameAs(alert, current)) return std::nullopt;
  Touch(alert, now);
  return alert;
}

// An update is news: what was promised and is over is promised anew.
void KeepPromise(const FieldNames& fields, const Directory& directory, TimePoint now,
                 v1::Alert& alert) {
  const auto is_over = [&] {
    return alert.has_next_update() && FromTimestamp(alert.next_update().at()) <= now;
  };
  if (!fields.contains("next_update") && is_over()) {
    alert.clear_next_update();
    FillDefaults(alert, directory, now);
  }
  if (!is_over()) alert.clear_missed_updates();
}

// The new version in each of the states that it may be in.
void Follow(const v1::Alert& current, const v1::UpdateAlertRequest& request,
            const FieldNames& fields, const Directory& directory, TimePoint now, v1::Alert& alert) {
  switch (current.state()) {
    case v1::State::PENDING_APPROVAL:
      *alert.mutable_waiting_since() = ToZoned(now, alert.zone());
      return;
    case v1::State::SCHEDULED:
      // A time that is over was missed, or is the clock's in a moment.
      if (!alert.has_send_at() || fields.contains("send_at") ||
          request.re_alert() == v1::ReAlert::YES)
        GoOutOrWait(alert, directory, now);
      // Nobody has seen it any stronger.
      if (alert.state() == v1::State::SCHEDULED) alert.clear_round_presentation();
      return;
    case v1::State::ACTIVE:
    case v1::State::RECOVERING:
      KeepPromise(fields, directory, now, alert);
      if (request.re_alert() == v1::ReAlert::YES ||
          (request.re_alert() != v1::ReAlert::NO && CallsAttention(current, alert, directory)))
        CallAgain(alert, v1::Occasion::CHANGED);
      alert.set_what_changed(WhatChanged(current, alert, ToZoned(now, alert.zone()),
                                         WordingOf(alert, directory, now)));
      return;
    case v1::State::UNSPECIFIED:
    case v1::State::DRAFT:
    case v1::State::CLOSED:
    case v1::State_Value_State_Value_INT_MIN_SENTINEL_DO_NOT_USE_:
    case v1::State_Value_State_Value_INT_MAX_SENTINEL_DO_NOT_USE_:
      return;
  }
}

bool OnlySettlesMissed(const v1::UpdateAlertRequest& request, const FieldNames& fields) {
  return request.settle_missed() && fields.empty() && !request.started() &&
         request.re_alert() != v1::ReAlert::YES;
}

// Nothing else of it changes: another version, but no edit that an editor must have seen.
std::optional<v1::Alert> WithMissedSettled(const v1::Alert& current) {
  if (current.missed().empty()) return std::nullopt;
  v1::Alert alert = current;
  alert.clear_missed();
  return alert;
}

// The wards shall hear of it now, though nothing of it changes: once more, or of what waits and is
// held by nothing any more, because its time was missed. A machine that says the whole notice again
// does not ask for that.
bool IsCalledFor(const v1::Alert& alert, const v1::UpdateAlertRequest& request,
                 const FieldNames& fields, const Directory& directory, TimePoint now) {
  const bool again = request.re_alert() == v1::ReAlert::YES;
  if (IsOnTheWards(alert)) return again;
  const bool at_once = fields == FieldNames{"send_at"} && !alert.has_send_at();
  return alert.state() == v1::State::SCHEDULED && (again || at_once) &&
         !IsHeld(alert, directory, now);
}

}  // namespace

MaybeAlert UpdatedAlert(const v1::Alert& current, const v1::UpdateAlertRequest& request,
                        const Directory& directory, TimePoint now, Takeover takeover) {
  if (current.state() == v1::State::CLOSED) return RefuseClosed(current);
  if (request.expected_revision() != 0 && request.expected_revision() != current.revision())
    return RefuseRevision(current, request.expected_revision());
  auto fields = EditedFields(current, request);
  if (!fields) return std::unexpected(fields.error());
  // When it goes out is settled once it is out: a machine that sends the same again says it again.
  if (IsOnTheWards(current)) fields->erase("send_at");
  if (OnlySettlesMissed(request, *fields)) return WithMissedSettled(current);
  const auto written = Resolved(current, request, *fields, directory);
  if (!written) return std::unexpected(written.error());
  if (current.state() == v1::State::DRAFT) {
    if (request.started()) return RefuseState(current, "a draft cannot begin: send it first");
    return UpdatedDraft(current, *written, *fields, directory, now);
  }

  v1::Alert alert = current;
  CopyFields(*written, *fields, alert);
  SpareClinical(alert);
  ReleaseDefaults(current, *fields, directory, alert);
  const bool phase_given = fields->contains("phase");
  if (phase_given && alert.phase() != current.phase() && IsEndingPhase(alert.phase()))
    return Invalid({EndingPhase()});
  // Restored, and down again after all.
  if (phase_given && !IsEndingPhase(alert.phase()) && IsOnTheWards(current))
    alert.set_state(v1::State::ACTIVE);
  const bool no_start_known = IsUnbegun(alert) && alert.phase() == v1::Phase::POSTPONED;
  if (!alert.has_start() && !no_start_known)
    *alert.mutable_start() =
        current.has_published_at() ? current.published_at() : current.changed_at();
  if (auto start = FollowStart(request, *written, current, phase_given, now, alert); !start)
    return std::unexpected(start.error());

  auto violations = CheckAlert(alert, directory);
  if (fields->contains("send_at")) {
    if (auto when = CheckSendAt(alert, now)) violations.push_back(std::move(*when));
  }
  if (!violations.empty()) return Invalid(std::move(violations));
  if (alert.presentation() == v1::Presentation::TAKEOVER && takeover == Takeover::kOff)
    return RefuseTakeover();
  const TimePoint goes_out = IsOnTheWards(current) ? now : GoesOutAt(alert, now);
  FillDefaults(alert, directory, goes_out);
  violations = CheckFilled(alert, directory, now, &current);
  if (!violations.empty()) return Invalid(std::move(violations));
  FollowEnd(current, phase_given, now, alert);
  DropClearedServices(alert);
  if (auto size = CheckSize(alert)) return Invalid({std::move(*size)});

  if (SameAs(alert, current) && !IsCalledFor(alert, request, *fields, directory, now))
    return request.settle_missed() ? WithMissedSettled(current) : std::nullopt;
  Follow(current, request, *fields, directory, now, alert);
  *alert.mutable_expires() = ToTimestamp(ExpiresAt(alert, goes_out));
  Touch(alert, now);
  return alert;
}

}  // namespace wardcast
