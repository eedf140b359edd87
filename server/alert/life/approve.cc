// The second pair of eyes: AwaitingApproval, ApprovedAlert, RejectedAlert.
#include <utility>
#include <vector>

#include "base/proto_time.h"
#include "server/alert/checks/text_check.h"
#include "server/alert/defaults.h"
#include "server/alert/life/going_out.h"
#include "server/alert/life/revision.h"
#include "server/alert/lifecycle.h"
#include "server/alert/validation.h"
#include "server/alert/zoned_time.h"
#include "server/directory/utf8.h"

namespace wardcast {
namespace {

constexpr std::size_t kLongestRejection = 300;

// What it would have got on the wards.
void TakeFromTheWards(v1::Alert& alert) {
  alert.set_round(0);
  alert.clear_published_at();
  alert.clear_occasion();
  alert.clear_round_presentation();
}

Result<v1::Alert> Approve(const v1::Alert& current, const Directory& directory, TimePoint now) {
  v1::Alert alert = current;
  alert.clear_held_because();
  alert.clear_waiting_since();
  auto violations = CheckAlert(alert, directory);
  if (!violations.empty()) return Invalid(std::move(violations));
  const TimePoint goes_out = GoesOutAt(alert, now);
  // Nobody has seen what was promised while it waited.
  ReleasePromise(alert, goes_out);
  FillDefaults(alert, directory, goes_out);
  if (auto size = CheckSize(alert)) return Invalid({std::move(*size)});
  Touch(alert, now);
  GoOutOrWait(alert, directory, now);
  *alert.mutable_expires() = ToTimestamp(ExpiresAt(alert, goes_out));
  return alert;
}

}  // namespace

v1::Alert AwaitingApproval(v1::Alert alert, const std::string& why, TimePoint now) {
  alert.set_state(v1::State::PENDING_APPROVAL);
  TakeFromTheWards(alert);
  alert.set_held_because(why);
  *alert.mutable_waiting_since() = ToZoned(now, alert.zone());
  return alert;
}

Result<std::optional<v1::Alert>> ApprovedAlert(const v1::Alert& current,
                                               std::int32_t expected_revision,
                                               const Directory& directory, TimePoint now) {
  switch (current.state()) {
    case v1::State::PENDING_APPROVAL:
      if (expected_revision != current.revision())
        return RefuseRevision(current, expected_revision);
      return Approve(current, directory, now);
    case v1::State::SCHEDULED:
    case v1::State::ACTIVE:
    case v1::State::RECOVERING:
      return std::nullopt;
    case v1::State::CLOSED:
      return RefuseClosed(current);
    case v1::State::UNSPECIFIED:
    case v1::State::DRAFT:
    case v1::State_Value_State_Value_INT_MIN_SENTINEL_DO_NOT_USE_:
    case v1::State_Value_State_Value_INT_MAX_SENTINEL_DO_NOT_USE_:
      break;
  }
  return RefuseState(current, "it does not wait for approval; its author has to send it first");
}

Result<std::optional<v1::Alert>> RejectedAlert(const v1::Alert& current, const std::string& reason,
                                               TimePoint now) {
  std::vector<FieldViolation> violations;
  if (Trimmed(reason).empty())
    violations.push_back({"reason", "is empty: say to its author what is to be done"});
  CheckText("reason", reason, kLongestRejection, violations);
  if (!violations.empty()) return Invalid(std::move(violations));
  switch (current.state()) {
    case v1::State::PENDING_APPROVAL: {
      v1::Alert alert = current;
      alert.set_state(v1::State::DRAFT);
      alert.set_held_because(reason);
      alert.clear_waiting_since();
      alert.clear_started_at();
      alert.clear_expires();
      Touch(alert, now);
      return alert;
    }
    case v1::State::DRAFT:
      return std::nullopt;
    case v1::State::CLOSED:
      return RefuseClosed(current);
    case v1::State::UNSPECIFIED:
    case v1::State::SCHEDULED:
    case v1::State::ACTIVE:
    case v1::State::RECOVERING:
    case v1::State_Value_State_Value_INT_MIN_SENTINEL_DO_NOT_USE_:
    case v1::State_Value_State_Value_INT_MAX_SENTINEL_DO_NOT_USE_:
      break;
  }
  return RefuseState(current, "it does not wait for approval; recall it to take it back");
}

}  // namespace wardcast
