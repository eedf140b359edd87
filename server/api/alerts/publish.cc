#include "server/api/alerts/publish.h"

#include <algorithm>
#include <utility>

#include "server/access/roles/confirmation.h"
#include "server/access/roles/scope_check.h"
#include "server/alert/defaults.h"
#include "server/alert/dose.h"
#include "server/alert/drills/drill.h"
#include "server/alert/warnings.h"
#include "server/alert/zoned_time.h"
#include "server/api/alerts/call.h"
#include "server/api/alerts/changing.h"
#include "server/api/alerts/drills.h"
#include "server/api/alerts/duplicates.h"

namespace wardcast {
namespace {

constexpr std::size_t kMostOpenAlerts = 200;
constexpr std::size_t kMostScheduledAlerts = 500;
constexpr std::size_t kMostDrafts = 500;

Result<void> CheckPublishForm(const v1::PublishAlertRequest& request) {
  if (auto checked = CheckRequestId(request.request_id()); !checked) return checked;
  if (auto checked = CheckSourceKey(request.source_key()); !checked) return checked;
  if (!request.source_key().empty() && (request.draft() || !request.draft_id().empty())) {
    return Invalid({{"source_key", "is for what a machine publishes: a draft has none"}});
  }
  return CheckPatientDataReason(request.patient_data_reason());
}

// Publishing again with a source key is an update of every field that was written.
v1::UpdateAlertRequest AsUpdate(const v1::PublishAlertRequest& request, const v1::Alert& current) {
  v1::UpdateAlertRequest update;
  update.set_alert_id(current.id());
  *update.mutable_alert() = request.alert();
  return update;
}

// Whose duplicate `alert` would be, and what then. A person is asked. A machine is attached: not to
// its own notices on the same service, and not to one that some of its wards do not have.
// Everything must live until the commit.
SameMatter DuplicateOf(const v1::Alert& alert, const CallContext& context,
                       const Directory& directory) {
  if (!IsMachine(*context.identity)) {
    return {.is = [&alert](const v1::Alert& open,
                           const std::string&) { return IsDuplicate(open, alert); },
            .then = SameMatter::Then::kNothing};
  }
  return {.is =
              [&alert, &caller = context.caller, &directory](const v1::Alert& open,
                                                             const std::string& creator) {
                return creator != caller && IsDuplicate(open, alert) &&
                       TellsAllOf(open, alert, directory);
              },
          .then = SameMatter::Then::kAttach};
}

// For the log.
const char* WhatBecameOf(const v1::Alert& alert) {
  if (IsHeld(alert)) return "held";
  return alert.state() == v1::State::SCHEDULED ? "scheduled" : "published";
}

// kResourceExhausted: there are as many of `what` as there may be.
Result<void> CheckLimit(std::size_t count, std::size_t most, const char* what) {
  if (count < most) return {};
  return Fail(Code::kResourceExhausted,
              "there are " + std::to_string(count) + " " + what +
                  ", which is the limit: end or take back what is over, then try again");
}

}  // namespace

Result<v1::PublishAlertResponse> PublishHandler::PublishAlert(
    const CallContext& context, const v1::PublishAlertRequest& request) {
  if (auto checked = CheckPublishForm(request); !checked) return std::unexpected(checked.error());
  Call call{.context = context,
            .request = request,
            .directory = parts_.hub.directory(),
            .change = ChangeBy(context, "PublishAlert", request, request.request_id(),
                               parts_.clock.Now())};
  if (request.draft()) return request.draft_id().empty() ? WriteDraft(call) : OverwriteDraft(call);
  return request.draft_id().empty() ? PublishNew(call) : SendDraft(call);
}

Result<v1::PublishAlertResponse> PublishHandler::PublishNew(Call& call) {
  call.change.source_key = call.request.source_key();
  // Validated outside the transaction: a refusal needs no lock of the store.
  const auto make = [&](const v1::Alert& written, Takeover takeover) {
    return NewAlert(written, *call.directory, call.caller().published_as, call.change.now,
                    takeover);
  };
  const auto ready = Prepare(call, call.request.alert(), make, BeyondGrant::kDraft);
  if (!ready) return std::unexpected(ready.error());
  return Send(call, *ready, [&](const v1::Alert* current) -> Result<std::optional<AlertDecision>> {
    if (current) return Again(call, *ready, *current);
    if (auto room = CheckRoom(ready->alert); !room) return std::unexpected(room.error());
    return DecisionFor(ready->alert, *call.directory);
  });
}

Result<PublishHandler::Ready> PublishHandler::Prepare(const Call& call, v1::Alert written,
                                                      const Make& make, BeyondGrant beyond) {
  const Identity& caller = call.caller();
  const Directory& directory = *call.directory;
  const TimePoint now = call.change.now;
  std::optional<v1::Warning> dose;
  if (!AsksAnswer(written.severity()) && !IsDrill(written)) {
    v1::Alert usual = written;
    if (usual.severity() == v1::Severity::UNSPECIFIED) usual.set_severity(v1::Severity::MODERATE);
    if (usual.presentation() == v1::Presentation::UNSPECIFIED)
      usual.set_presentation(DefaultPresentationFor(usual.severity(), false));
    const v1::Reach had = parts_.reach.NoticesOf(*AudienceOf(written, directory));
    dose = DoseWarning(usual, had);
    if (written.presentation() == v1::Presentation::UNSPECIFIED && IsAboveDose(had))
      written.set_presentation(DefaultPresentationFor(usual.severity(), true));
  }
  // What a machine's grant does not cover is found below.
  bool may_take_over = false;
  if (written.presentation() == v1::Presentation::TAKEOVER) {
    const auto why =
        WhyApproval(written, *AudienceOf(written, directory), directory, parts_.approvers);
    if (!why) return std::unexpected(why.error());
    may_take_over = caller.kind == Identity::Kind::kToken || !why->empty();
  }
  const Takeover takeover = may_take_over ? Takeover::kAllowed : Takeover::kOff;
  auto alert = make(written, takeover);
  if (!alert) return std::unexpected(alert.error());
  AudiencePtr audience = AudienceOf(*alert, directory);

  Ready ready{.alert = {}, .warnings = WarningsOf(*alert), .approvers = nullptr};
  if (!call.request.source_key().empty()) {
    auto approvers = parts_.approvers.Read();
    if (!approvers) return std::unexpected(approvers.error());
    ready.approvers = std::move(*approvers);
  }
  const auto reach_why = WhyReachApproval(caller, *alert, *audience, directory, parts_.approvers);
  if (!reach_why) return std::unexpected(reach_why.error());
  const Extent extent = reach_why->empty() ? Extent::kWhole : Extent::kButReach;
  if (auto allowed = CheckPublisher(caller, *alert, *audience, directory, extent); !allowed) {
    if (beyond == BeyondGrant::kRefuse || caller.kind != Identity::Kind::kToken)
      return std::unexpected(allowed.error());
    auto draft = DraftOf(call.request.alert(), directory, caller.published_as, now,
                         "its sender's grant does not cover it: " + allowed.error().message);
    if (!draft) return std::unexpected(draft.error());
    ready.alert = std::move(*draft);
    return ready;
  }
  if (auto free = CheckNoRealNotice(*alert, parts_.hub, directory); !free)
    return std::unexpected(free.error());
  if (auto same = CheckReach(caller, ConfirmedReachOf(call.request), *alert, *audience, directory);
      !same)
    return std::unexpected(same.error());
  if (IsWide(*alert, *audience, directory)) {
    if (auto confirmed = CheckConfirmed(caller, now); !confirmed)
      return std::unexpected(confirmed.error());
  }
  if (auto clean = CheckPatientData(ready.warnings, call.request.patient_data_reason()); !clean)
    return std::unexpected(clean.error());
  const auto whole_why = WhyApproval(*alert, *audience, directory, parts_.approvers);
  if (!whole_why) return std::unexpected(whole_why.error());
  const std::string why = BothReasons(*whole_why, *reach_why);
  // What waits for an approver is not on its way: no time of the broker's stays in it.
  if (why.empty() && alert->state() == v1::State::ACTIVE &&
      IsHeldBack(caller, *alert, *audience, directory)) {
    *written.mutable_send_at() = ToZoned(now + kHeldBackFor, alert->zone());
    alert = make(written, takeover);
    if (!alert) return std::unexpected(alert.error());
  }
  if (dose) ready.warnings.push_back(std::move(*dose));
  ready.alert = why.empty() ? std::move(*alert) : AwaitingApproval(std::move(*alert), why, now);
  return ready;
}

Result<std::optional<AlertDecision>> PublishHandler::Again(const Call& call, const Ready& ready,
                                                           const v1::Alert& current) {
  const Directory& directory = *call.directory;
  const v1::State::Value state = ready.alert.state();
  const bool goes_on = state != v1::State::DRAFT && (current.state() == v1::State::DRAFT ||
                                                     state != v1::State::PENDING_APPROVAL);
  // What was held is covered by now: it goes the way of a new one.
  if (IsHeld(current) && goes_on) {
    v1::Alert alert = ready.alert;
    alert.set_revision(current.revision() + 1);
    return DecisionFor(std::move(alert), directory);
  }
  auto updated = UpdatedAlert(current, AsUpdate(call.request, current), directory, call.change.now);
  if (!updated) return std::unexpected(updated.error());
  if (!*updated) return std::nullopt;
  if (IsHeld(current)) return DecisionFor(std::move(**updated), directory);
  return DecideChange({.caller = call.caller(),
                       .directory = directory,
                       .now = call.change.now,
                       .confirmed = ConfirmedReachOf(call.request),
                       .approvers = ready.approvers},
                      current, std::move(**updated));
}

Result<void> PublishHandler::CheckRoom(const v1::Alert& alert) const {
  const HubCounts counts = parts_.hub.Counts();
  if (IsHeld(alert)) return CheckLimit(counts.drafts, kMostDrafts, "drafts");
  if (alert.state() == v1::State::SCHEDULED)
    return CheckLimit(counts.scheduled, kMostScheduledAlerts, "alerts that wait for their time");
  return CheckLimit(counts.open, kMostOpenAlerts, "open alerts");
}

Result<v1::PublishAlertResponse> PublishHandler::Send(Call& call, const Ready& ready,
                                                      Decide decide) {
  // A program without a source key keeps no account of what it publishes: each call is meant.
  const bool asks = !call.request.separate() && !ready.alert.services().empty() &&
                    (!IsMachine(call.caller()) || !call.request.source_key().empty());
  if (asks) call.change.same_matter = DuplicateOf(ready.alert, call.context, *call.directory);
  return Commit(call, ready, std::move(decide));
}

Result<v1::PublishAlertResponse> PublishHandler::Commit(Call& call, const Ready& ready,
                                                        Decide decide) {
  call.change.decide = std::move(decide);
  auto changed =
      parts_.commit.Commit(call.change, WhatBecameOf(ready.alert), call.caller().LogName());
  if (!changed) return std::unexpected(changed.error());
  v1::Alert& alert = changed->stored.alert;
  if (changed->same_matter) {
    if (!IsMachine(call.caller())) {
      return Fail(Code::kFailedPrecondition,
                  DuplicateWords(alert, ready.alert, *call.directory) + ": update it (" +
                      alert.id() + "), or say that this is another matter (separate)");
    }
    v1::PublishAlertResponse response = Answer(call, std::move(alert), ready.warnings);
    response.set_attached(true);
    return response;
  }
  if (changed->changed && TakesPatientDataReason(ready.warnings))
    NotePatientDataReason(parts_.audit, call.context, alert.id(),
                          call.request.patient_data_reason());
  return Answer(call, std::move(alert), ready.warnings);
}

v1::PublishAlertResponse PublishHandler::Answer(const Call& call, v1::Alert alert,
                                                std::vector<v1::Warning> warnings) const {
  v1::PublishAlertResponse response;
  // Only now, because the wards do not wait for it; and what the store can not say any more is no
  // reason to call it unpublished.
  const std::vector<std::string> services(alert.services().begin(), alert.services().end());
  const AudiencePtr audience = AudienceOf(alert, *call.directory);
  auto reach = parts_.reach.Read(*audience, services, *call.directory);
  *response.mutable_reach() =
      reach ? std::move(*reach) : parts_.reach.WithoutNotices(*audience, services, *call.directory);
  auto& others = *response.mutable_reach()->mutable_open_alert_ids();
  others.erase(std::remove(others.begin(), others.end(), alert.id()), others.end());
  if (!others.empty()) {
    v1::Warning& warning = *response.add_warnings();
    warning.set_kind(v1::Warning::KIND_DUPLICATE);
    warning.set_field("alert.services");
    warning.set_message("another notice on the same service is open: " + others[0]);
  }
  for (v1::Warning& warning : warnings) *response.add_warnings() = std::move(warning);
  *response.mutable_alert() = std::move(alert);
  return response;
}

}  // namespace wardcast
