#include "server/api/alerts/change.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/log.h"
#include "server/alert/lifecycle.h"
#include "server/alert/warnings.h"
#include "server/api/alerts/call.h"
#include "server/api/alerts/changing.h"
#include "server/api/alerts/drills.h"

namespace wardcast {
namespace {

Result<void> CheckChangeForm(const std::string& request_id,
                             const std::string& patient_data_reason) {
  if (auto checked = CheckRequestId(request_id); !checked) return checked;
  return CheckPatientDataReason(patient_data_reason);
}

// What is said at the end, looked through for patient data.
std::vector<v1::Warning> ClosingWarnings(const v1::EndAlertRequest& request) {
  std::vector<v1::Warning> warnings = WarningsOf("text", request.text());
  for (int i = 0; i < request.back_entry_size(); ++i) {
    for (v1::Warning& warning :
         WarningsOf("back_entry[" + std::to_string(i) + "]", request.back_entry(i)))
      warnings.push_back(std::move(warning));
  }
  return warnings;
}

}  // namespace

Result<AlertChanged> ChangeHandler::CommitEdit(const CallContext& context, AlertChange change,
                                               const Directory& directory, const char* action,
                                               const Edit& edit) {
  const Identity& caller = *context.identity;
  std::vector<std::string> editors;
  change.hear_editors = [&](std::vector<std::string> heard) { editors = std::move(heard); };
  change.decide = [&](const v1::Alert* current) -> Result<std::optional<AlertDecision>> {
    if (IsHeld(*current)) {
      if (auto mine = CheckEditor(caller, *current, editors, directory); !mine)
        return std::unexpected(mine.error());
    }
    auto updated = edit.make(*current);
    if (!updated) return std::unexpected(updated.error());
    if (!*updated) return std::nullopt;
    // A draft may hold anything: it is looked at when it is sent.
    if (current->state() == v1::State::DRAFT) return DecisionFor(std::move(**updated), directory);
    if (edit.check) {
      if (auto checked = edit.check(*current, **updated); !checked)
        return std::unexpected(checked.error());
    }
    return DecideChange({.caller = caller,
                         .directory = directory,
                         .now = change.now,
                         .confirmed = edit.confirmed,
                         .approvers = edit.approvers,
                         .own = std::ranges::find(editors, caller.name) != editors.end()},
                        *current, std::move(**updated));
  };
  return parts_.commit.Commit(change, action, caller.LogName());
}

Result<v1::UpdateAlertResponse> ChangeHandler::UpdateAlert(const CallContext& context,
                                                           const v1::UpdateAlertRequest& request) {
  if (auto checked = CheckChangeForm(request.request_id(), request.patient_data_reason()); !checked)
    return std::unexpected(checked.error());
  if (request.alert_id().empty()) return Invalid({{"alert_id", "is missing"}});
  const DirectoryPtr directory = parts_.hub.directory();
  Edit edit;
  edit.confirmed = ConfirmedReachOf(request);
  if (BearsOnApproval(request)) {
    auto approvers = parts_.approvers.Read();
    if (!approvers) return std::unexpected(approvers.error());
    edit.approvers = std::move(*approvers);
  }
  AlertChange change =
      ChangeBy(context, "UpdateAlert", request, request.request_id(), parts_.clock.Now());
  change.alert_id = request.alert_id();
  edit.make = [&, now = change.now](const v1::Alert& current) {
    const bool may_take_over =
        current.presentation() == v1::Presentation::TAKEOVER ||
        (request.alert().presentation() == v1::Presentation::TAKEOVER && edit.approvers &&
         TwoMayApprove(edit.approvers, current, *AudienceOf(current, *directory), *directory));
    return UpdatedAlert(current, request, *directory, now,
                        may_take_over ? Takeover::kAllowed : Takeover::kOff);
  };
  bool reason_used = false;
  edit.check = [&](const v1::Alert& current, const v1::Alert& updated) -> Result<void> {
    const std::vector<v1::Warning> warnings = WarningsOf(OnlyWhatChanged(current, updated));
    reason_used = TakesPatientDataReason(warnings);
    if (auto clean = CheckPatientData(warnings, request.patient_data_reason()); !clean)
      return clean;
    return CheckNoRealNotice(updated, parts_.hub, *directory);
  };
  auto changed = CommitEdit(context, std::move(change), *directory, "updated", edit);
  if (!changed) return std::unexpected(changed.error());
  if (changed->changed && reason_used)
    NotePatientDataReason(parts_.audit, context, request.alert_id(), request.patient_data_reason());
  v1::UpdateAlertResponse response;
  *response.mutable_alert() = std::move(changed->stored.alert);
  return response;
}

Result<v1::PostponeAlertResponse> ChangeHandler::PostponeAlert(
    const CallContext& context, const v1::PostponeAlertRequest& request) {
  if (auto checked = CheckChangeForm(request.request_id(), request.patient_data_reason()); !checked)
    return std::unexpected(checked.error());
  if (request.alert_id().empty()) return Invalid({{"alert_id", "is missing"}});
  const std::vector<v1::Warning> warnings = WarningsOf("reason", request.reason());
  if (auto clean = CheckPatientData(warnings, request.patient_data_reason()); !clean)
    return std::unexpected(clean.error());
  const DirectoryPtr directory = parts_.hub.directory();
  AlertChange change =
      ChangeBy(context, "PostponeAlert", request, request.request_id(), parts_.clock.Now());
  change.alert_id = request.alert_id();
  Edit edit;
  edit.make = [&, now = change.now](const v1::Alert& current) {
    return PostponedAlert(current, request, *directory, now);
  };
  auto changed = CommitEdit(context, std::move(change), *directory, "postponed", edit);
  if (!changed) return std::unexpected(changed.error());
  if (changed->changed && TakesPatientDataReason(warnings))
    NotePatientDataReason(parts_.audit, context, request.alert_id(), request.patient_data_reason());
  v1::PostponeAlertResponse response;
  *response.mutable_alert() = std::move(changed->stored.alert);
  return response;
}

Result<std::optional<v1::Alert>> ChangeHandler::FindAttached(const CallContext& context,
                                                             const std::string& source_key) {
  auto attached = parts_.store.FindAttached(context.caller, source_key);
  if (!attached) return std::unexpected(attached.error());
  if (!*attached) return std::nullopt;
  auto stored = parts_.store.LoadAlert(**attached);
  if (!stored) return std::unexpected(stored.error());
  return std::move(stored->alert);
}

Result<v1::EndAlertResponse> ChangeHandler::EndAlert(const CallContext& context,
                                                     const v1::EndAlertRequest& request) {
  if (auto checked = CheckChangeForm(request.request_id(), request.patient_data_reason()); !checked)
    return std::unexpected(checked.error());
  if (request.alert_id().empty() && request.source_key().empty()) {
    return Invalid({{"alert_id", "name the alert by alert_id or by source_key"}});
  }
  if (auto checked = CheckSourceKey(request.source_key()); !checked)
    return std::unexpected(checked.error());
  const std::vector<v1::Warning> warnings = ClosingWarnings(request);
  if (auto clean = CheckPatientData(warnings, request.patient_data_reason()); !clean)
    return std::unexpected(clean.error());
  const DirectoryPtr directory = parts_.hub.directory();
  const Identity& caller = *context.identity;
  std::optional<v1::Alert> attached;
  if (request.alert_id().empty()) {
    auto found = FindAttached(context, request.source_key());
    if (!found) return std::unexpected(found.error());
    attached = std::move(*found);
  }
  AlertChange change =
      ChangeBy(context, "EndAlert", request, request.request_id(), parts_.clock.Now());
  change.alert_id = request.alert_id();
  change.source_key = request.source_key();
  bool left = false;
  change.decide = [&](const v1::Alert* current) -> Result<std::optional<AlertDecision>> {
    if (!current) {
      left = attached.has_value();
      if (left) return std::nullopt;
      return Fail(Code::kNotFound,
                  "you have no open alert with the source_key " + LogSafe(request.source_key()));
    }
    if (auto allowed = CheckClose(caller, *current, *directory);
        !allowed && !(IsHeld(*current) && request.alert_id().empty()))
      return std::unexpected(allowed.error());
    // What a machine has resolved before anybody sent it needs nobody any more.
    if (request.alert_id().empty() && request.all_clear() &&
        (IsHeld(*current) || current->state() == v1::State::SCHEDULED)) {
      auto taken_back = RecalledAlert(*current, {}, *directory, change.now);
      if (!taken_back) return std::unexpected(taken_back.error());
      if (!*taken_back) return std::nullopt;
      return AlertDecision{.alert = std::move(**taken_back), .expected = {}};
    }
    auto ended = EndedAlert(*current, request, *directory, change.now);
    if (!ended) return std::unexpected(ended.error());
    if (!*ended) return std::nullopt;
    return AlertDecision{.alert = std::move(**ended), .expected = {}};
  };
  auto changed =
      parts_.commit.Commit(change, request.all_clear() ? "ended" : "restored", caller.LogName());
  if (!changed) return std::unexpected(changed.error());
  if (changed->changed && TakesPatientDataReason(warnings))
    NotePatientDataReason(parts_.audit, context, changed->stored.alert.id(),
                          request.patient_data_reason());
  v1::EndAlertResponse response;
  *response.mutable_alert() = left ? std::move(*attached) : std::move(changed->stored.alert);
  return response;
}

Result<v1::RecallAlertResponse> ChangeHandler::RecallAlert(const CallContext& context,
                                                           const v1::RecallAlertRequest& request) {
  if (auto checked = CheckChangeForm(request.request_id(), request.patient_data_reason()); !checked)
    return std::unexpected(checked.error());
  if (request.alert_id().empty()) return Invalid({{"alert_id", "is missing"}});
  const std::vector<v1::Warning> warnings = WarningsOf("reason", request.reason());
  if (auto clean = CheckPatientData(warnings, request.patient_data_reason()); !clean)
    return std::unexpected(clean.error());
  const DirectoryPtr directory = parts_.hub.directory();
  const Identity& caller = *context.identity;
  AlertChange change =
      ChangeBy(context, "RecallAlert", request, request.request_id(), parts_.clock.Now());
  change.alert_id = request.alert_id();
  std::vector<std::string> editors;
  change.hear_editors = [&](std::vector<std::string> heard) { editors = std::move(heard); };
  change.decide = [&](const v1::Alert* current) -> Result<std::optional<AlertDecision>> {
    auto allowed = IsHeld(*current) ? CheckEditor(caller, *current, editors, *directory)
                                    : CheckClose(caller, *current, *directory);
    if (!allowed) return std::unexpected(allowed.error());
    auto recalled = RecalledAlert(*current, request, *directory, change.now);
    if (!recalled) return std::unexpected(recalled.error());
    if (!*recalled) return std::nullopt;
    return AlertDecision{.alert = std::move(**recalled), .expected = {}};
  };
  auto changed = parts_.commit.Commit(change, "recalled", caller.LogName());
  if (!changed) return std::unexpected(changed.error());
  if (changed->changed && TakesPatientDataReason(warnings))
    NotePatientDataReason(parts_.audit, context, request.alert_id(), request.patient_data_reason());
  v1::RecallAlertResponse response;
  *response.mutable_alert() = std::move(changed->stored.alert);
  return response;
}

}  // namespace wardcast
