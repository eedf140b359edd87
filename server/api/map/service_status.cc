#include "server/api/map/service_status.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/proto_time.h"
#include "server/alert/drills/drill.h"
#include "server/alert/planned/planned_work.h"
#include "server/feed/match.h"

namespace wardcast {
namespace {

// Planned work whose beginning nobody has confirmed.
bool IsAhead(const v1::Alert& alert) {
  return IsUnbegun(alert) &&
         (alert.phase() == v1::Phase::ANNOUNCED || alert.phase() == v1::Phase::POSTPONED);
}

// Waits for its reminders, and not for a time at which somebody wants it to go out.
bool IsAnnounced(const v1::Alert& alert, TimePoint now) {
  return IsOnWards(alert) || (alert.state() == v1::State::SCHEDULED &&
                              !(alert.has_send_at() && FromTimestamp(alert.send_at().at()) > now));
}

// True if a partial all clear says that the service works again everywhere.
bool IsClearedFor(const v1::Alert& alert, std::string_view service) {
  return std::ranges::any_of(alert.cleared(), [&](const v1::ClearedPart& part) {
    return part.sites().empty() &&
           (part.services().empty() ||
            std::ranges::find(part.services(), service) != part.services().end());
  });
}

// Without a start: after all others.
TimePoint StartOf(const v1::Alert& alert) {
  return alert.has_start() ? FromTimestamp(alert.start().at()) : kYear2200;
}

struct OfService {
  const v1::Alert* gravest = nullptr;
  std::vector<const v1::Alert*> planned;
};

}  // namespace

v1::GetServiceStatusResponse ServiceStatuses(const Directory& directory,
                                             const std::vector<AlertFramePtr>& open,
                                             TimePoint now) {
  std::unordered_map<std::string_view, OfService> by_service;
  for (const AlertFramePtr& frame : open) {
    const v1::Alert& alert = frame->alert;
    if (IsDrill(alert)) continue;
    for (const std::string& service : alert.services()) {
      if (IsAhead(alert)) {
        if (IsAnnounced(alert, now)) by_service[service].planned.push_back(&alert);
      } else if (IsOnWards(alert) && !IsClearedFor(alert, service)) {
        const v1::Alert*& gravest = by_service[service].gravest;
        if (!gravest || gravest->severity() < alert.severity()) gravest = &alert;
      }
    }
  }
  v1::GetServiceStatusResponse response;
  for (const v1::Service& service : directory.content().services) {
    v1::ServiceStatus& status = *response.add_services();
    *status.mutable_service() = service;
    const auto found = by_service.find(service.id());
    if (found == by_service.end()) continue;
    if (const v1::Alert* gravest = found->second.gravest) {
      status.set_alert_id(gravest->id());
      status.set_kind(gravest->kind());
      status.set_severity(gravest->severity());
    }
    std::ranges::sort(found->second.planned, {}, [](const v1::Alert* alert) {
      return std::pair<TimePoint, std::string_view>(StartOf(*alert), alert->id());
    });
    for (const v1::Alert* alert : found->second.planned) *status.add_planned() = *alert;
  }
  std::ranges::sort(*response.mutable_services(), {}, [](const v1::ServiceStatus& status) {
    return std::tuple<std::string_view, std::string_view>(status.service().team_id(),
                                                          status.service().name());
  });
  return response;
}

}  // namespace wardcast
