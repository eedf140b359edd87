#include "server/api/alerts/alert_handler.h"

#include <google/protobuf/descriptor.h>

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "base/bytes.h"
#include "base/log.h"
#include "base/ulid.h"
#include "server/access/roles/confirmation.h"
#include "server/access/roles/scope_check.h"
#include "server/alert/audience.h"
#include "server/alert/lifecycle.h"
#include "server/alert/validation.h"

namespace wardcast {
namespace {

constexpr std::size_t kMostOpenAlerts = 200;
constexpr std::size_t kLongestSourceKey = 200;
// A publisher's count and the broker's may differ by so much (docs/domain.md, "Wide sends").
constexpr double kReachTolerance = 0.10;

Result<void> CheckRequestId(const std::string& request_id) {
  if (request_id.empty() || IsUlid(request_id)) return {};
  return Invalid({{"request_id",
                   "must be a ULID (26 characters of 0-9 and A-Z without I, L, O, U), or empty"}});
}

Result<void> CheckSourceKey(const std::string& source_key) {
  if (source_key.size() <= kLongestSourceKey) return {};
  return Invalid({{"source_key", "must be at most 200 characters"}});
}

// What a request asks for, whatever its id is: two calls with one id must agree on it.
std::string ContentHash(const google::protobuf::Message& request) {
  std::unique_ptr<google::protobuf::Message> content(request.New());
  content->CopyFrom(request);
  if (const auto* id = content->GetDescriptor()->FindFieldByName("request_id")) {
    content->GetReflection()->ClearField(content.get(), id);
  }
  return Sha256Hex(content->SerializeAsString());
}

// The preview showed another reach than there is now: the publisher has not agreed to it.
Result<void> CheckConfirmedReach(const v1::PublishAlertRequest& request,
                                 const ResolvedAudience& audience) {
  if (!request.has_confirmed_reach()) return {};
  const int confirmed = request.confirmed_reach();
  const int now = audience.expected_count();
  if (std::abs(now - confirmed) <= kReachTolerance * std::max(confirmed, 1)) return {};
  return Fail(Code::kFailedPrecondition, "the preview showed " + std::to_string(confirmed) +
                                             " endpoints, now it would reach " +
                                             std::to_string(now) +
                                             ": look at the preview again and confirm that number");
}

std::vector<std::string> ServicesOf(const v1::Alert& alert) {
  return {alert.services().begin(), alert.services().end()};
}

// Publishing again with a source key is an update of every field that was written.
v1::UpdateAlertRequest AsUpdate(const v1::PublishAlertRequest& request, const v1::Alert& current) {
  v1::UpdateAlertRequest update;
  update.set_alert_id(current.id());
  *update.mutable_alert() = request.alert();
  return update;
}

// Whether the caller may end or recall it. Called while the store's writer waits: the audience,
// which may be 50,000 endpoints, is resolved only for those who are bound to places.
Result<void> MayClose(const Identity& caller, const v1::Alert& alert, const Directory& directory) {
  if (!IsBoundToPlaces(caller))
    return CheckPublisher(caller, alert, ResolvedAudience(), directory, Extent::kAbout);
  const auto audience = ResolveShared(alert.audience(), ServicesOf(alert), directory);
  return CheckPublisher(caller, alert, *audience, directory, Extent::kAbout);
}

}  // namespace

AlertChange AlertHandler::ChangeBy(const CallContext& context, const char* method,
                                   const google::protobuf::Message& request,
                                   const std::string& request_id) const {
  AlertChange change;
  change.caller = context.caller;
  change.method = method;
  change.request_id = request_id;
  if (!request_id.empty()) change.content_hash = ContentHash(request);
  change.now = clock_.Now();
  return change;
}

AlertDecision AlertHandler::Decide(v1::Alert alert, const ResolvedAudience& audience) {
  AlertDecision decision{.alert = std::move(alert), .expected = {}};
  for (const ResolvedAudience::Ward& ward : audience.wards) {
    decision.expected.push_back(
        {.ward_id = ward.ward_id, .endpoints = static_cast<int>(ward.expected.size())});
  }
  if (!audience.unplaced.empty()) {
    decision.expected.push_back(
        {.ward_id = {}, .endpoints = static_cast<int>(audience.unplaced.size())});
  }
  return decision;
}

Result<std::optional<AlertDecision>> AlertHandler::DecideFor(const Identity& caller,
                                                             const v1::Alert& current,
                                                             v1::Alert updated,
                                                             const Directory& directory,
                                                             TimePoint now) {
  const auto audience = ResolveShared(updated.audience(), ServicesOf(updated), directory);
  if (auto mine = MayClose(caller, current, directory); !mine) return std::unexpected(mine.error());
  if (auto allowed = CheckPublisher(caller, updated, *audience, directory, Extent::kWhole);
      !allowed)
    return std::unexpected(allowed.error());
  if (auto confirmed = CheckConfirmed(caller, now); !confirmed) {
    const auto was_wide = [&] {
      return IsWide(current, *ResolveShared(current.audience(), ServicesOf(current), directory),
                    directory);
    };
    if (IsWide(updated, *audience, directory) && (updated.round() > current.round() || !was_wide()))
      return std::unexpected(confirmed.error());
  }
  return Decide(std::move(updated), *audience);
}

Result<AlertChanged> AlertHandler::Commit(AlertChange change, const char* action,
                                          const std::string& by) {
  auto changed = store_.Change(change, [this](const v1::Alert& alert) { return key_.Seal(alert); });
  if (!changed) return changed;
  if (changed->changed) {
    const v1::Alert& alert = changed->stored.alert;
    bus_.Publish(Topic::kLog, alert.version());
    SPDLOG_INFO("alert {} {} by {} as entry {}: revision {}, round {}", alert.id(), action,
                LogSafe(by), alert.version(), alert.revision(), alert.round());
  }
  return changed;
}

Result<v1::PreviewAudienceResponse> AlertHandler::PreviewAudience(
    const CallContext&, const v1::PreviewAudienceRequest& request) {
  const DirectoryPtr directory = hub_.directory();
  const std::vector<std::string> services(request.services().begin(), request.services().end());
  auto violations = CheckAudience(request.audience(), services, *directory, "audience");
  if (!violations.empty()) return Invalid(std::move(violations));
  auto reach =
      reach_.Read(*ResolveShared(request.audience(), services, *directory), services, *directory);
  if (!reach) return std::unexpected(reach.error());
  v1::PreviewAudienceResponse response;
  *response.mutable_reach() = std::move(*reach);
  return response;
}

Result<v1::PublishAlertResponse> AlertHandler::PublishAlert(
    const CallContext& context, const v1::PublishAlertRequest& request) {
  if (auto checked = CheckRequestId(request.request_id()); !checked)
    return std::unexpected(checked.error());
  if (auto checked = CheckSourceKey(request.source_key()); !checked)
    return std::unexpected(checked.error());
  const DirectoryPtr directory = hub_.directory();
  AlertChange change = ChangeBy(context, "PublishAlert", request, request.request_id());
  change.source_key = request.source_key();
  // Validated outside the transaction as well: a refusal needs no lock of the store.
  auto alert = NewAlert(request.alert(), *directory, context.identity->published_as, change.now);
  if (!alert) return std::unexpected(alert.error());
  const std::vector<std::string> services = ServicesOf(*alert);
  const auto resolved = ResolveShared(alert->audience(), services, *directory);
  const ResolvedAudience& audience = *resolved;
  if (auto allowed =
          CheckPublisher(*context.identity, *alert, audience, *directory, Extent::kWhole);
      !allowed)
    return std::unexpected(allowed.error());
  if (auto same = CheckConfirmedReach(request, audience); !same)
    return std::unexpected(same.error());
  if (IsWide(*alert, audience, *directory)) {
    if (auto confirmed = CheckConfirmed(*context.identity, change.now); !confirmed)
      return std::unexpected(confirmed.error());
  }
  const std::size_t open = hub_.Counts().open;

  change.decide = [&](const v1::Alert* current) -> Result<std::optional<AlertDecision>> {
    if (!current) {
      if (open >= kMostOpenAlerts) {
        return Fail(Code::kResourceExhausted,
                    "there are " + std::to_string(open) +
                        " open alerts, which is the limit: end what is over, then publish again");
      }
      return Decide(*alert, audience);
    }
    auto updated = UpdatedAlert(*current, AsUpdate(request, *current), *directory, change.now);
    if (!updated) return std::unexpected(updated.error());
    if (!*updated) return std::nullopt;
    return DecideFor(*context.identity, *current, std::move(**updated), *directory, change.now);
  };
  auto changed = Commit(change, "published", context.identity->LogName());
  if (!changed) return std::unexpected(changed.error());
  v1::PublishAlertResponse response;
  *response.mutable_alert() = std::move(changed->stored.alert);
  // Only now, because the wards do not wait for it; and what the store can not say any more is no
  // reason to call it unpublished.
  auto reach = reach_.Read(audience, services, *directory);
  *response.mutable_reach() =
      reach ? std::move(*reach) : reach_.WithoutNotices(audience, services, *directory);
  auto& others = *response.mutable_reach()->mutable_open_alert_ids();
  others.erase(std::remove(others.begin(), others.end(), response.alert().id()), others.end());
  return response;
}

Result<v1::UpdateAlertResponse> AlertHandler::UpdateAlert(const CallContext& context,
                                                          const v1::UpdateAlertRequest& request) {
  if (auto checked = CheckRequestId(request.request_id()); !checked)
    return std::unexpected(checked.error());
  if (request.alert_id().empty()) return Invalid({{"alert_id", "is missing"}});
  const DirectoryPtr directory = hub_.directory();
  AlertChange change = ChangeBy(context, "UpdateAlert", request, request.request_id());
  change.alert_id = request.alert_id();
  change.decide = [&](const v1::Alert* current) -> Result<std::optional<AlertDecision>> {
    auto updated = UpdatedAlert(*current, request, *directory, change.now);
    if (!updated) return std::unexpected(updated.error());
    if (!*updated) return std::nullopt;
    return DecideFor(*context.identity, *current, std::move(**updated), *directory, change.now);
  };
  auto changed = Commit(change, "updated", context.identity->LogName());
  if (!changed) return std::unexpected(changed.error());
  v1::UpdateAlertResponse response;
  *response.mutable_alert() = std::move(changed->stored.alert);
  return response;
}

Result<v1::EndAlertResponse> AlertHandler::EndAlert(const CallContext& context,
                                                    const v1::EndAlertRequest& request) {
  if (auto checked = CheckRequestId(request.request_id()); !checked)
    return std::unexpected(checked.error());
  if (request.alert_id().empty() && request.source_key().empty()) {
    return Invalid({{"alert_id", "name the alert by alert_id or by source_key"}});
  }
  const DirectoryPtr directory = hub_.directory();
  AlertChange change = ChangeBy(context, "EndAlert", request, request.request_id());
  change.alert_id = request.alert_id();
  change.source_key = request.source_key();
  change.decide = [&](const v1::Alert* current) -> Result<std::optional<AlertDecision>> {
    if (!current)
      return Fail(Code::kNotFound,
                  "you have no open alert with the source_key " + LogSafe(request.source_key()));
    if (auto allowed = MayClose(*context.identity, *current, *directory); !allowed)
      return std::unexpected(allowed.error());
    auto ended = EndedAlert(*current, request, change.now);
    if (!ended) return std::unexpected(ended.error());
    if (!*ended) return std::nullopt;
    return AlertDecision{.alert = std::move(**ended), .expected = {}};
  };
  auto changed =
      Commit(change, request.all_clear() ? "ended" : "restored", context.identity->LogName());
  if (!changed) return std::unexpected(changed.error());
  v1::EndAlertResponse response;
  *response.mutable_alert() = std::move(changed->stored.alert);
  return response;
}

Result<v1::RecallAlertResponse> AlertHandler::RecallAlert(const CallContext& context,
                                                          const v1::RecallAlertRequest& request) {
  if (auto checked = CheckRequestId(request.request_id()); !checked)
    return std::unexpected(checked.error());
  if (request.alert_id().empty()) return Invalid({{"alert_id", "is missing"}});
  const DirectoryPtr directory = hub_.directory();
  AlertChange change = ChangeBy(context, "RecallAlert", request, request.request_id());
  change.alert_id = request.alert_id();
  change.decide = [&](const v1::Alert* current) -> Result<std::optional<AlertDecision>> {
    if (auto allowed = MayClose(*context.identity, *current, *directory); !allowed)
      return std::unexpected(allowed.error());
    auto recalled = RecalledAlert(*current, request, change.now);
    if (!recalled) return std::unexpected(recalled.error());
    if (!*recalled) return std::nullopt;
    return AlertDecision{.alert = std::move(**recalled), .expected = {}};
  };
  auto changed = Commit(change, "recalled", context.identity->LogName());
  if (!changed) return std::unexpected(changed.error());
  v1::RecallAlertResponse response;
  *response.mutable_alert() = std::move(changed->stored.alert);
  return response;
}

Result<void> AlertHandler::Expire(const std::string& alert_id) {
  AlertChange change;
  change.caller = "clock";
  change.alert_id = alert_id;
  change.now = clock_.Now();
  change.decide = [&](const v1::Alert* current) -> Result<std::optional<AlertDecision>> {
    auto expired = ExpiredAlert(*current, change.now);
    if (!expired) return std::nullopt;
    return AlertDecision{.alert = std::move(*expired), .expected = {}};
  };
  auto changed = Commit(change, "expired", "clock");
  if (!changed) return std::unexpected(changed.error());
  return {};
}

}  // namespace wardcast
