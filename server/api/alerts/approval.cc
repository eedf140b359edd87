#include "server/api/alerts/approval.h"

#include <algorithm>
#include <chrono>
#include <optional>
#include <utility>

#include "base/proto_time.h"
#include "server/access/roles/confirmation.h"
#include "server/access/roles/scope_check.h"
#include "server/alert/lifecycle.h"
#include "server/alert/warnings.h"
#include "server/api/alerts/call.h"
#include "server/api/alerts/sending.h"

namespace wardcast {
namespace {

constexpr std::size_t kLongestBreakGlass = 200;
constexpr std::size_t kLongestRejection = 300;
// So long an approver has; then breaking the glass is offered.
constexpr std::chrono::minutes kNobodyThere{3};

Result<void> CheckApproveForm(const v1::ApproveAlertRequest& request) {
  if (auto checked = CheckRequestId(request.request_id()); !checked) return checked;
  if (request.alert_id().empty()) return Invalid({{"alert_id", "is missing"}});
  if (request.expected_revision() <= 0) {
    return Invalid({{"expected_revision", "is missing: the revision that you have read"}});
  }
  return CheckReason("break_glass", request.break_glass(), kLongestBreakGlass);
}

Result<void> CheckSecondPair(const Identity& caller, const v1::Alert& alert,
                             const std::vector<std::string>& editors,
                             const ResolvedAudience& audience, const Directory& directory) {
  if (auto allowed = CheckApprover(caller, alert, audience, directory); !allowed) return allowed;
  if (std::ranges::find(editors, caller.name) == editors.end()) return {};
  return Fail(Code::kPermissionDenied,
              "you have written this yourself, and nobody approves their own: if no approver "
              "answers within 3 minutes, break the glass (break_glass, with the reason)");
}

Result<void> CheckBreakGlass(const Identity& caller, const v1::Alert& current,
                             const std::vector<std::string>& editors,
                             const ResolvedAudience& audience, const Directory& directory,
                             TimePoint now) {
  // What waits because of its reach is sent by whoever it would otherwise wait for in vain.
  const bool own = std::ranges::find(editors, caller.name) != editors.end() &&
                   caller.kind == Identity::Kind::kPerson;
  const Extent extent = own ? Extent::kButReach : Extent::kWhole;
  if (auto allowed = CheckPublisher(caller, current, audience, directory, extent); !allowed)
    return allowed;
  const TimePoint offered = FromTimestamp(current.waiting_since().at()) + kNobodyThere;
  if (now >= offered) return {};
  const auto seconds = std::chrono::ceil<std::chrono::seconds>(offered - now);
  return Fail(Code::kFailedPrecondition,
              "breaking the glass is offered when no approver has answered for 3 minutes: in " +
                  std::to_string(seconds.count()) + " s");
}

}  // namespace

Result<v1::ApproveAlertResponse> ApprovalHandler::ApproveAlert(
    const CallContext& context, const v1::ApproveAlertRequest& request) {
  if (auto checked = CheckApproveForm(request); !checked) return std::unexpected(checked.error());
  const DirectoryPtr directory = parts_.hub.directory();
  const Identity& caller = *context.identity;
  const bool breaks_glass = !request.break_glass().empty();
  AlertChange change =
      ChangeBy(context, "ApproveAlert", request, request.request_id(), parts_.clock.Now());
  change.alert_id = request.alert_id();
  change.authorship = Authorship::kOther;
  std::vector<std::string> editors;
  change.hear_editors = [&](std::vector<std::string> heard) { editors = std::move(heard); };
  change.decide = [&](const v1::Alert* current) -> Result<std::optional<AlertDecision>> {
    const AudiencePtr audience = AudienceOf(*current, *directory);
    if (current->state() == v1::State::PENDING_APPROVAL) {
      auto allowed =
          breaks_glass
              ? CheckBreakGlass(caller, *current, editors, *audience, *directory, change.now)
              : CheckSecondPair(caller, *current, editors, *audience, *directory);
      if (!allowed) return std::unexpected(allowed.error());
    }
    auto approved = ApprovedAlert(*current, request.expected_revision(), *directory, change.now);
    if (!approved) return std::unexpected(approved.error());
    if (!*approved) return std::nullopt;
    if (IsWide(**approved, *audience, *directory)) {
      if (auto confirmed = CheckConfirmed(caller, change.now); !confirmed)
        return std::unexpected(confirmed.error());
    }
    return DecisionFor(std::move(**approved), *directory);
  };
  auto changed = parts_.commit.Commit(
      change, breaks_glass ? "sent by breaking the glass" : "approved", caller.LogName());
  if (!changed) return std::unexpected(changed.error());
  if (changed->changed && breaks_glass) {
    parts_.audit.Record({.who = context.caller,
                         .peer = context.peer,
                         .what = "break-glass",
                         .subject = request.alert_id(),
                         .detail = request.break_glass(),
                         .loud = true});
  }
  v1::ApproveAlertResponse response;
  *response.mutable_alert() = std::move(changed->stored.alert);
  return response;
}

Result<v1::RejectAlertResponse> ApprovalHandler::RejectAlert(
    const CallContext& context, const v1::RejectAlertRequest& request) {
  if (auto checked = CheckRequestId(request.request_id()); !checked)
    return std::unexpected(checked.error());
  if (request.alert_id().empty()) return Invalid({{"alert_id", "is missing"}});
  if (auto checked = CheckReason("reason", request.reason(), kLongestRejection, true); !checked)
    return std::unexpected(checked.error());
  if (auto checked = CheckPatientDataReason(request.patient_data_reason()); !checked)
    return std::unexpected(checked.error());
  const std::vector<v1::Warning> warnings = WarningsOf("reason", request.reason());
  if (auto clean = CheckPatientData(warnings, request.patient_data_reason()); !clean)
    return std::unexpected(clean.error());
  const DirectoryPtr directory = parts_.hub.directory();
  const Identity& caller = *context.identity;
  AlertChange change =
      ChangeBy(context, "RejectAlert", request, request.request_id(), parts_.clock.Now());
  change.alert_id = request.alert_id();
  change.authorship = Authorship::kOther;
  change.decide = [&](const v1::Alert* current) -> Result<std::optional<AlertDecision>> {
    const AudiencePtr audience = AudienceOf(*current, *directory);
    if (auto allowed = CheckApprover(caller, *current, *audience, *directory); !allowed)
      return std::unexpected(allowed.error());
    auto rejected = RejectedAlert(*current, request.reason(), change.now);
    if (!rejected) return std::unexpected(rejected.error());
    if (!*rejected) return std::nullopt;
    return DecisionFor(std::move(**rejected), *directory);
  };
  auto changed = parts_.commit.Commit(change, "returned", caller.LogName());
  if (!changed) return std::unexpected(changed.error());
  if (changed->changed && TakesPatientDataReason(warnings))
    NotePatientDataReason(parts_.audit, context, request.alert_id(), request.patient_data_reason());
  v1::RejectAlertResponse response;
  *response.mutable_alert() = std::move(changed->stored.alert);
  return response;
}

}  // namespace wardcast
