// Planned work that is moved: PostponedAlert.
#include <utility>
#include <vector>

#include "base/proto_time.h"
#include "server/alert/checks/text_check.h"
#include "server/alert/defaults.h"
#include "server/alert/life/going_out.h"
#include "server/alert/life/revision.h"
#include "server/alert/lifecycle.h"
#include "server/alert/local_time.h"
#include "server/alert/planned/planned_work.h"
#include "server/alert/validation.h"
#include "server/alert/words/phrases.h"
#include "server/alert/zoned_time.h"

namespace wardcast {
namespace {

constexpr std::size_t kLongestReason = 300;

// kFailedPrecondition, unless it is planned work that was sent and has not begun.
Result<void> CheckMovable(const v1::Alert& current) {
  if (current.kind() != v1::Kind::PLANNED_DOWNTIME)
    return Fail(Code::kFailedPrecondition, "only planned work can be postponed: update the notice");
  switch (current.state()) {
    case v1::State::SCHEDULED:
    case v1::State::ACTIVE:
      if (!current.has_started_at()) return {};
      return Fail(Code::kFailedPrecondition,
                  "the work has begun: give a later expected end instead");
    case v1::State::CLOSED:
      return RefuseClosed(current);
    case v1::State::UNSPECIFIED:
    case v1::State::DRAFT:
    case v1::State::PENDING_APPROVAL:
    case v1::State::RECOVERING:
    case v1::State_Value_State_Value_INT_MIN_SENTINEL_DO_NOT_USE_:
    case v1::State_Value_State_Value_INT_MAX_SENTINEL_DO_NOT_USE_:
      break;
  }
  return RefuseState(current, "edit it instead");
}

// The times of the request, as instants; the new end follows the new start.
Result<v1::Alert> Moved(const v1::Alert& current, const v1::PostponeAlertRequest& request,
                        TimePoint now) {
  std::vector<FieldViolation> violations;
  CheckText("reason", request.reason(), kLongestReason, violations);
  v1::ZonedTime start = request.start();
  v1::ZonedTime end = request.expected_end();
  if (request.has_start()) ResolveLocal("start", current.zone(), start, violations);
  if (request.has_expected_end()) ResolveLocal("expected_end", current.zone(), end, violations);
  if (!violations.empty()) return Invalid(std::move(violations));
  if (request.has_start() && (!start.has_at() || FromTimestamp(start.at()) <= now ||
                              FromTimestamp(start.at()) > now + kLongestSchedule)) {
    return Invalid({{"start",
                     "must be in the future and at most 400 days ahead; leave it out if "
                     "the new time is not known yet"}});
  }
  if (request.has_expected_end() && !request.has_start())
    return Invalid({{"expected_end", "needs a start: give both, or none"}});
  if (request.has_expected_end() &&
      (!end.has_at() || FromTimestamp(end.at()) < FromTimestamp(start.at())))
    return Invalid({{"expected_end", "is before the new start: correct one of them"}});

  v1::Alert alert = current;
  alert.clear_start();
  alert.clear_expected_end();
  if (!request.has_start()) return alert;
  *alert.mutable_start() = ToZoned(FromTimestamp(start.at()), current.zone());
  if (request.has_expected_end()) {
    *alert.mutable_expected_end() = ToZoned(FromTimestamp(end.at()), current.zone());
  } else if (current.has_start() && current.has_expected_end()) {
    const auto lasts =
        FromTimestamp(current.expected_end().at()) - FromTimestamp(current.start().at());
    *alert.mutable_expected_end() = ToZoned(FromTimestamp(start.at()) + lasts, current.zone());
  }
  return alert;
}

bool SameTimes(const v1::Alert& a, const v1::Alert& b) {
  return a.has_start() == b.has_start() && a.has_expected_end() == b.has_expected_end() &&
         FromTimestamp(a.start().at()) == FromTimestamp(b.start().at()) &&
         FromTimestamp(a.expected_end().at()) == FromTimestamp(b.expected_end().at());
}

// "postponed to Mon 02:00 (was 02:00): the vendor is late".
std::string MovedWords(const v1::Alert& before, const v1::Alert& after, const std::string& reason,
                       const v1::ZonedTime& today, const Wording& wording) {
  const Phrases& phrases = PhrasesIn(wording.language);
  const std::string was =
      before.has_start() ? MomentText(before.start(), today, wording) : std::string("–");
  std::string words = after.has_start() ? Filled(phrases.postponed_to,
                                                 {MomentText(after.start(), today, wording), was})
                                        : Filled(phrases.postponed_open, {was});
  if (!reason.empty()) words += ": " + reason;
  return words;
}

}  // namespace

Result<std::optional<v1::Alert>> PostponedAlert(const v1::Alert& current,
                                                const v1::PostponeAlertRequest& request,
                                                const Directory& directory, TimePoint now) {
  if (auto movable = CheckMovable(current); !movable) return std::unexpected(movable.error());
  if (request.expected_revision() != 0 && request.expected_revision() != current.revision())
    return RefuseRevision(current, request.expected_revision());
  auto moved = Moved(current, request, now);
  if (!moved) return std::unexpected(moved.error());
  if (SameTimes(*moved, current)) return std::nullopt;

  v1::Alert alert = std::move(*moved);
  const bool promised_start =
      current.has_next_update() && current.has_start() &&
      FromTimestamp(current.next_update().at()) == FromTimestamp(current.start().at());
  if (promised_start) alert.clear_next_update();
  ReleasePromise(alert, now);
  alert.clear_missed_updates();
  alert.clear_overrun_since();
  alert.set_phase(v1::Phase::POSTPONED);
  FillDefaults(alert, directory, now);
  if (alert.state() == v1::State::ACTIVE) {
    CallAgain(alert, v1::Occasion::POSTPONED);
  } else {
    GoOutOrWait(alert, directory, now);
  }
  alert.set_what_changed(MovedWords(current, alert, request.reason(), ToZoned(now, alert.zone()),
                                    WordingOf(alert, directory, now)));
  if (auto size = CheckSize(alert)) return Invalid({std::move(*size)});
  *alert.mutable_expires() = ToTimestamp(ExpiresAt(alert, now));
  Touch(alert, now);
  return alert;
}

}  // namespace wardcast
