#include "server/alert/life/revision.h"

#include <chrono>
#include <string>
#include <utility>

#include "base/proto_time.h"
#include "server/alert/drills/drill.h"
#include "server/alert/planned/planned_work.h"
#include "server/alert/ward_round.h"
#include "server/alert/zoned_time.h"

namespace wardcast {
namespace {

// How long endpoints keep a closing version.
constexpr std::chrono::days kClosingKept{7};

const char* ClosedWord(v1::Closing::Value closing) {
  if (closing == v1::Closing::RECALLED) return "recalled";
  return closing == v1::Closing::EXPIRED ? "expired" : "ended";
}

const char* StateWord(v1::State::Value state) {
  switch (state) {
    case v1::State::DRAFT:
      return "a draft";
    case v1::State::PENDING_APPROVAL:
      return "waiting for approval";
    case v1::State::SCHEDULED:
      return "scheduled and not out yet";
    case v1::State::ACTIVE:
      return "on the wards";
    case v1::State::RECOVERING:
      return "restored and being verified";
    case v1::State::CLOSED:
      return "closed";
    case v1::State::UNSPECIFIED:
    case v1::State_Value_State_Value_INT_MIN_SENTINEL_DO_NOT_USE_:
    case v1::State_Value_State_Value_INT_MAX_SENTINEL_DO_NOT_USE_:
      break;
  }
  return "in no state";
}

}  // namespace

void Touch(v1::Alert& alert, TimePoint now) {
  alert.set_revision(alert.revision() + 1);
  *alert.mutable_changed_at() = ToZoned(now, alert.zone());
  alert.clear_missed();
}

void CallAgain(v1::Alert& alert, v1::Occasion::Value occasion,
               v1::Presentation::Value presentation) {
  alert.set_round(HighestRound(alert) + 1);
  alert.clear_ward_overrides();
  alert.set_occasion(occasion);
  alert.set_round_presentation(presentation == alert.presentation() ? v1::Presentation::UNSPECIFIED
                                                                    : presentation);
}

void ShowInPlace(v1::Alert& alert, v1::Presentation::Value presentation) {
  alert.set_round_presentation(presentation == alert.presentation() ? v1::Presentation::UNSPECIFIED
                                                                    : presentation);
  for (v1::WardOverride& ward : *alert.mutable_ward_overrides())
    ward.set_presentation(presentation);
}

bool IsOnTheWards(const v1::Alert& alert) {
  return alert.state() == v1::State::ACTIVE || alert.state() == v1::State::RECOVERING;
}

bool EndsByItself(const v1::Alert& alert) {
  return alert.kind() == v1::Kind::INFORMATION || IsUnbegun(alert) || IsDrill(alert);
}

v1::Alert Closed(const v1::Alert& current, v1::Closing::Value closing, std::string text,
                 TimePoint now) {
  v1::Alert alert = current;
  alert.set_state(v1::State::CLOSED);
  alert.set_closing(closing);
  alert.set_closing_text(std::move(text));
  alert.clear_next_update();
  alert.clear_missed_updates();
  alert.clear_what_changed();
  alert.clear_send_at();
  alert.clear_held_because();
  alert.clear_waiting_since();
  alert.clear_overrun_since();
  *alert.mutable_expires() = ToTimestamp(now + kClosingKept);
  Touch(alert, now);
  return alert;
}

std::unexpected<Error> RefuseClosed(const v1::Alert& current) {
  return Fail(Code::kFailedPrecondition, std::string("the alert was ") +
                                             ClosedWord(current.closing()) + " at " +
                                             ToRfc3339(FromTimestamp(current.changed_at().at())) +
                                             " and cannot change any more: publish a new one");
}

std::unexpected<Error> RefuseTakeover() {
  return Fail(Code::kFailedPrecondition,
              "alert.presentation: TAKEOVER is off until two approvers are named: take DIALOG");
}

std::unexpected<Error> RefuseState(const v1::Alert& current, const char* remedy) {
  return Fail(Code::kFailedPrecondition,
              std::string("the alert is ") + StateWord(current.state()) + ": " + remedy);
}

std::unexpected<Error> RefuseRevision(const v1::Alert& current, std::int32_t expected) {
  return Fail(Code::kAborted, "you edited revision " + std::to_string(expected) +
                                  ", the alert is at revision " +
                                  std::to_string(current.revision()) +
                                  " by now: read it again and repeat your change");
}

bool IsEndingPhase(v1::Phase::Value phase) {
  return phase == v1::Phase::RESTORED_VERIFYING || phase == v1::Phase::ALL_CLEAR ||
         phase == v1::Phase::BACK_ENTRY;
}

FieldViolation EndingPhase() {
  return {"alert.phase", "is reached by ending the alert: EndAlert, restored or all clear"};
}

}  // namespace wardcast
