// Restored, all clear of a part or the whole, recall.
#include <algorithm>
#include <chrono>
#include <utility>
#include <vector>

#include "base/proto_time.h"
#include "server/alert/audience.h"
#include "server/alert/checks/text_check.h"
#include "server/alert/cleared.h"
#include "server/alert/defaults.h"
#include "server/alert/drills/drill.h"
#include "server/alert/life/revision.h"
#include "server/alert/lifecycle.h"
#include "server/alert/validation.h"
#include "server/alert/words/closing_words.h"
#include "server/alert/zoned_time.h"

namespace wardcast {
namespace {

using Names = std::vector<std::string>;
using std::chrono::hours;

constexpr std::size_t kMostClosingText = 300;
constexpr int kMostParts = 20;

// How long the closed notice stays as a strip where it was displayed.
constexpr hours kStripWithBackEntry{48};
constexpr hours kStripWithoutBackEntry{4};
constexpr hours kStripOfRecall{12};

template <class List>
Names ListOf(const List& list) {
  return {list.begin(), list.end()};
}

// Until when it stays as a strip, `for_hours` from now; nothing of a drill outlives it.
TimePoint StripUntil(const v1::Alert& alert, hours for_hours, TimePoint now) {
  const TimePoint until = now + for_hours;
  return IsDrill(alert) ? std::clamp(ExpiresAt(alert, now), now, until) : until;
}

// What an all clear may be about: the alert's services at the sites of its audience. One of each at
// least, so that a notice that names none can be cleared site by site.
struct Extents {
  Names services;
  Names sites;
};

Extents ExtentsOf(const v1::Alert& alert, const Directory& directory) {
  Extents extents{.services = ListOf(alert.services()),
                  .sites = SitesOf(*AudienceOf(alert, directory), directory)};
  if (extents.services.empty()) extents.services.emplace_back();
  if (extents.sites.empty()) extents.sites.emplace_back();
  return extents;
}

bool EverythingIsCleared(const v1::Alert& alert, const Extents& extents) {
  return std::ranges::all_of(extents.services, [&](const std::string& service) {
    return std::ranges::all_of(
        extents.sites, [&](const std::string& site) { return IsCleared(alert, service, site); });
  });
}

bool ClearsAnything(const v1::Alert& before, const v1::Alert& after, const Extents& extents) {
  return std::ranges::any_of(extents.services, [&](const std::string& service) {
    return std::ranges::any_of(extents.sites, [&](const std::string& site) {
      return IsCleared(after, service, site) && !IsCleared(before, service, site);
    });
  });
}

template <class List>
void CheckAmong(const std::string& path, const List& ids, const Names& known, const char* what,
                std::vector<FieldViolation>& violations) {
  if (static_cast<std::size_t>(ids.size()) > known.size()) {
    violations.push_back({path, std::string("names more than the notice has: ") + what});
    return;
  }
  for (int i = 0; i < ids.size(); ++i) {
    if (std::ranges::find(known, ids[i]) == known.end() || ids[i].empty())
      violations.push_back({path + "[" + std::to_string(i) + "]", what});
  }
}

// True if `ids` names all of `known`, or nothing.
template <class List>
bool NamesAll(const List& ids, const Names& known) {
  return ids.empty() || std::ranges::all_of(known, [&](const std::string& id) {
           return std::ranges::find(ids, id) != ids.end();
         });
}

std::string ServiceName(const std::string& id, const Directory& directory) {
  const v1::Service* service = directory.FindService(id);
  return service ? service->name() : id;
}

// What the request clears.
v1::ClearedPart PartOf(const v1::EndAlertRequest& request, const Extents& extents,
                       const Directory& directory, const v1::ZonedTime& at) {
  v1::ClearedPart part;
  if (!NamesAll(request.services(), extents.services)) {
    *part.mutable_services() = request.services();
    for (const std::string& id : request.services())
      part.add_service_names(ServiceName(id, directory));
  }
  if (!NamesAll(request.sites(), extents.sites)) *part.mutable_sites() = request.sites();
  *part.mutable_at() = at;
  return part;
}

std::string PartWords(const v1::Alert& alert, const v1::ClearedPart& part, const Extents& extents,
                      const Directory& directory, const Wording& wording) {
  Names services = ListOf(part.service_names());
  if (services.empty() && part.sites_size() > 0 && alert.service_names_size() > 0)
    services = ListOf(alert.service_names());
  Names sites;
  for (const std::string& id : part.sites()) {
    const v1::Site* site = directory.FindSite(id);
    sites.push_back(site ? site->name() : id);
  }
  // What is down at some other place is named only where whole services were cleared.
  Names down;
  if (part.sites_size() == 0) {
    for (const std::string& id : ServicesDown(alert, extents.sites))
      down.push_back(ServiceName(id, directory));
  }
  return PartlyClearWords(services, sites, down, part.at(), wording);
}

void TakeBackEntry(const v1::EndAlertRequest& request, v1::Alert& alert) {
  if (request.back_entry_size() > 0) *alert.mutable_back_entry() = request.back_entry();
}

v1::Alert Ended(const v1::Alert& current, const v1::EndAlertRequest& request,
                const Directory& directory, TimePoint now) {
  std::string words = request.text();
  if (words.empty()) {
    words =
        AllClearWords(current, ToZoned(now, current.zone()), WordingOf(current, directory, now));
  }
  v1::Alert alert = Closed(current, v1::Closing::ENDED, std::move(words), now);
  TakeBackEntry(request, alert);
  if (alert.kind() != v1::Kind::INFORMATION) alert.set_phase(v1::Phase::ALL_CLEAR);
  const hours strip = alert.back_entry_size() > 0 ? kStripWithBackEntry : kStripWithoutBackEntry;
  *alert.mutable_strip_until() = ToTimestamp(StripUntil(alert, strip, now));
  return alert;
}

// Being told is news: a promise that is over is made anew, and nobody is nagged for it.
void KeepPromiseByNews(const Directory& directory, TimePoint now, v1::Alert& alert) {
  if (!alert.has_next_update() || FromTimestamp(alert.next_update().at()) > now) return;
  alert.clear_next_update();
  FillDefaults(alert, directory, now);
  alert.clear_missed_updates();
}

v1::Alert Restored(const v1::Alert& current, const v1::EndAlertRequest& request,
                   const Directory& directory, TimePoint now) {
  v1::Alert alert = current;
  TakeBackEntry(request, alert);
  alert.set_state(v1::State::RECOVERING);
  alert.set_phase(v1::Phase::RESTORED_VERIFYING);
  alert.set_what_changed(request.text().empty() ? RestoredWords(WordingOf(current, directory, now))
                                                : request.text());
  KeepPromiseByNews(directory, now, alert);
  *alert.mutable_expires() = ToTimestamp(ExpiresAt(alert, now));
  Touch(alert, now);
  return alert;
}

Result<std::optional<v1::Alert>> PartlyEnded(const v1::Alert& current,
                                             const v1::EndAlertRequest& request,
                                             const Directory& directory, TimePoint now) {
  const Extents extents = ExtentsOf(current, directory);
  std::vector<FieldViolation> violations;
  CheckAmong("services", request.services(), extents.services,
             "must be one of the notice's services", violations);
  CheckAmong("sites", request.sites(), extents.sites, "must be a site that the notice reaches",
             violations);
  if (!violations.empty()) return Invalid(std::move(violations));

  v1::Alert alert = current;
  *alert.add_cleared() = PartOf(request, extents, directory, ToZoned(now, current.zone()));
  if (!ClearsAnything(current, alert, extents)) return std::nullopt;
  if (EverythingIsCleared(alert, extents)) return Ended(current, request, directory, now);
  if (alert.cleared_size() > kMostParts) {
    return Fail(Code::kFailedPrecondition,
                "the notice has " + std::to_string(kMostParts) +
                    " cleared parts, which is the limit: end the whole, and publish what is still "
                    "down anew");
  }
  v1::ClearedPart& part = *alert.mutable_cleared(alert.cleared_size() - 1);
  part.set_text(request.text().empty()
                    ? PartWords(alert, part, extents, directory, WordingOf(current, directory, now))
                    : request.text());
  TakeBackEntry(request, alert);
  alert.set_what_changed(part.text());
  CallAgain(alert, v1::Occasion::PARTLY_CLEAR,
            std::min(alert.presentation(), v1::Presentation::DIALOG));
  KeepPromiseByNews(directory, now, alert);
  *alert.mutable_expires() = ToTimestamp(ExpiresAt(alert, now));
  Touch(alert, now);
  if (auto size = CheckSize(alert)) return Invalid({std::move(*size)});
  return alert;
}

}  // namespace

Result<std::optional<v1::Alert>> EndedAlert(const v1::Alert& current,
                                            const v1::EndAlertRequest& request,
                                            const Directory& directory, TimePoint now) {
  std::vector<FieldViolation> violations;
  CheckText("text", request.text(), kMostClosingText, violations);
  CheckLines("back_entry", request.back_entry(), 20, 200, violations);
  const bool whole = request.services().empty() && request.sites().empty();
  if (!request.all_clear() && !whole) {
    violations.push_back(
        {"all_clear", "is missing: only an all clear can be for a part of the notice"});
  }
  if (!violations.empty()) return Invalid(std::move(violations));
  if (current.state() == v1::State::CLOSED) {
    if (current.closing() == v1::Closing::ENDED) return std::nullopt;
    return RefuseClosed(current);
  }
  if (!IsOnTheWards(current)) return RefuseState(current, "recall it to take it away");
  if (!request.all_clear()) {
    if (current.state() == v1::State::RECOVERING) return std::nullopt;
    return Restored(current, request, directory, now);
  }
  if (whole) return Ended(current, request, directory, now);
  return PartlyEnded(current, request, directory, now);
}

Result<std::optional<v1::Alert>> RecalledAlert(const v1::Alert& current,
                                               const v1::RecallAlertRequest& request,
                                               const Directory& directory, TimePoint now) {
  std::vector<FieldViolation> violations;
  CheckText("reason", request.reason(), kMostClosingText, violations);
  if (!violations.empty()) return Invalid(std::move(violations));
  if (current.state() == v1::State::CLOSED) {
    if (current.closing() == v1::Closing::RECALLED) return std::nullopt;
    return RefuseClosed(current);
  }
  v1::Alert alert = Closed(current, v1::Closing::RECALLED,
                           RecallWords(current, request.reason(), ToZoned(now, current.zone()),
                                       WordingOf(current, directory, now)),
                           now);
  if (IsOnTheWards(current))
    *alert.mutable_strip_until() = ToTimestamp(StripUntil(alert, kStripOfRecall, now));
  return alert;
}

}  // namespace wardcast
