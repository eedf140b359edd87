#include "server/api/alerts/alert_reader.h"

#include <algorithm>
#include <utility>

#include "base/proto_time.h"
#include "base/ulid.h"
#include "server/access/roles/held.h"

namespace wardcast {
namespace {

constexpr int kDefaultPage = 100;
constexpr int kLargestPage = 500;

}  // namespace

Result<void> AlertReader::CheckMaySee(const Identity& caller, const v1::Alert& alert) {
  if (IsHeld(alert)) return CheckSees(caller, alert);
  if (!SeesHeld(caller) && MayBeHeld(alert)) {
    // It closed without having been out: only what waited for its time was for everybody.
    const auto versions = store_.LoadVersions(alert.id());
    if (!versions) return std::unexpected(versions.error());
    const bool was_public = std::ranges::any_of(*versions, [](const StoredAlert& version) {
      return version.alert.state() == v1::State::SCHEDULED;
    });
    if (!was_public) return Fail(Code::kNotFound, "no such alert: " + alert.id());
  }
  return {};
}

Result<v1::Alert> AlertReader::Load(const Identity& caller, const std::string& alert_id) {
  auto stored = store_.LoadAlert(alert_id);
  if (!stored) return std::unexpected(stored.error());
  if (auto sees = CheckMaySee(caller, stored->alert); !sees) return std::unexpected(sees.error());
  return std::move(stored->alert);
}

Result<v1::GetAlertResponse> AlertReader::GetAlert(const CallContext& context,
                                                   const v1::GetAlertRequest& request) {
  auto alert = Load(*context.identity, request.alert_id());
  if (!alert) return std::unexpected(alert.error());
  auto progress = progress_.Read(*alert);
  if (!progress) return std::unexpected(progress.error());
  v1::GetAlertResponse response;
  *response.mutable_alert() = std::move(*alert);
  *response.mutable_progress() = std::move(*progress);
  return response;
}

Result<v1::ListAlertsResponse> AlertReader::ListAlerts(const CallContext& context,
                                                       const v1::ListAlertsRequest& request) {
  if (request.page_size() < 0 || request.page_size() > kLargestPage) {
    return Invalid({{"page_size", "must be 1 to 500, or 0 for 100"}});
  }
  if (!request.page_token().empty() && !IsUlid(request.page_token())) {
    return Invalid({{"page_token", "is not one that this broker gave"}});
  }
  if (request.include_drafts() && !SeesHeld(*context.identity)) {
    return Fail(Code::kPermissionDenied,
                "drafts, and what waits for approval, are for those who publish or approve");
  }
  const int size = request.page_size() == 0 ? kDefaultPage : request.page_size();
  // One more than asked for tells whether there is a next page.
  auto alerts =
      store_.ListAlerts({.closed = request.include_closed(), .drafts = request.include_drafts()},
                        request.page_token(), size + 1);
  if (!alerts) return std::unexpected(alerts.error());
  v1::ListAlertsResponse response;
  const bool more = static_cast<int>(alerts->size()) > size;
  if (more) alerts->resize(static_cast<std::size_t>(size));
  for (v1::Alert& alert : *alerts) *response.add_alerts() = std::move(alert);
  if (more) response.set_next_page_token(response.alerts(size - 1).id());
  return response;
}

Result<v1::GetProgressResponse> AlertReader::GetProgress(const CallContext& context,
                                                         const v1::GetProgressRequest& request) {
  auto alert = Load(*context.identity, request.alert_id());
  if (!alert) return std::unexpected(alert.error());
  auto progress = progress_.Read(*alert);
  if (!progress) return std::unexpected(progress.error());
  v1::GetProgressResponse response;
  *response.mutable_progress() = std::move(*progress);
  return response;
}

Result<v1::GetTimelineResponse> AlertReader::GetTimeline(const CallContext& context,
                                                         const v1::GetTimelineRequest& request) {
  auto versions = store_.LoadVersions(request.alert_id());
  if (!versions) return std::unexpected(versions.error());
  if (auto sees = CheckMaySee(*context.identity, versions->back().alert); !sees)
    return std::unexpected(sees.error());
  if (!SeesHeld(*context.identity))
    std::erase_if(*versions, [](const StoredAlert& version) { return IsHeld(version.alert); });
  auto answers = store_.LoadAnswers(request.alert_id());
  if (!answers) return std::unexpected(answers.error());
  v1::GetTimelineResponse response;
  for (StoredAlert& version : *versions) {
    v1::TimelineEntry& entry = *response.add_entries();
    *entry.mutable_at() = version.alert.changed_at().at();
    *entry.mutable_version() = std::move(version.alert);
  }
  for (v1::WardAnswer& answer : *answers) {
    v1::TimelineEntry& entry = *response.add_entries();
    *entry.mutable_at() = answer.at();
    *entry.mutable_answer() = std::move(answer);
  }
  std::ranges::stable_sort(*response.mutable_entries(), {}, [](const v1::TimelineEntry& entry) {
    return FromTimestamp(entry.at());
  });
  return response;
}

}  // namespace wardcast
