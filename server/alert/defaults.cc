#include "server/alert/defaults.h"

#include <algorithm>

#include "base/proto_time.h"
#include "server/alert/audience.h"
#include "server/alert/drills/drill.h"
#include "server/alert/zoned_time.h"

namespace wardcast {
namespace {

using std::chrono::minutes;

const v1::Site* SiteOfBuilding(const std::string& building_id, const Directory& directory) {
  const v1::Building* building = directory.FindBuilding(building_id);
  return building ? directory.FindSite(building->site_id()) : nullptr;
}

// Rounded up to whole minutes: people read it from a clock.
TimePoint NextMinute(TimePoint at) { return std::chrono::ceil<minutes>(at); }

// When it went out, or will at the earliest.
TimePoint WentOutAt(const v1::Alert& alert, TimePoint now) {
  if (alert.has_published_at()) return FromTimestamp(alert.published_at().at());
  return alert.has_send_at() ? std::max(now, FromTimestamp(alert.send_at().at())) : now;
}

}  // namespace

v1::Presentation::Value DefaultPresentation(v1::Severity::Value severity) {
  return AsksAnswer(severity) ? v1::Presentation::DIALOG : v1::Presentation::TOAST;
}

v1::Phase::Value DefaultPhase(v1::Kind::Value kind) {
  return kind == v1::Kind::PLANNED_DOWNTIME || kind == v1::Kind::INFORMATION ? v1::Phase::ANNOUNCED
                                                                             : v1::Phase::CONFIRMED;
}

bool AsksAnswer(v1::Severity::Value severity) {
  return severity == v1::Severity::SEVERE || severity == v1::Severity::EXTREME;
}

std::optional<minutes> NextUpdateWithin(v1::Severity::Value severity) {
  if (severity == v1::Severity::MINOR) return std::nullopt;
  if (severity == v1::Severity::EXTREME) return minutes(15);
  return minutes(severity == v1::Severity::SEVERE ? 30 : 60);
}

TimePoint ExpiresAt(const v1::Alert& alert, TimePoint now) {
  if (IsDrill(alert)) return WentOutAt(alert, now) + kDrillLasts;
  TimePoint from = now;
  if (alert.has_start()) from = std::max(from, FromTimestamp(alert.start().at()));
  if (alert.kind() == v1::Kind::INFORMATION) return from + std::chrono::hours(12);
  if (alert.has_expected_end()) from = std::max(from, FromTimestamp(alert.expected_end().at()));
  return from + std::chrono::days(7);
}

const v1::Site* HomeSite(const v1::Alert& alert, const Directory& directory) {
  const v1::Audience& audience = alert.audience();
  const v1::Site* site = nullptr;
  if (audience.sites_size() > 0) {
    site = directory.FindSite(audience.sites(0));
  } else if (audience.buildings_size() > 0) {
    site = SiteOfBuilding(audience.buildings(0), directory);
  } else if (audience.wards_size() > 0) {
    site = directory.SiteOfWard(audience.wards(0));
  } else if (!audience.everyone()) {
    const AudiencePtr resolved = AudienceOf(alert, directory);
    if (!resolved->wards.empty()) site = directory.SiteOfWard(resolved->wards.front().ward_id);
  }
  if (!site && !directory.content().sites.empty()) site = &directory.content().sites.front();
  return site;
}

Language LanguageOf(const v1::Alert& alert, const Directory& directory) {
  if (const auto own = LanguageFrom(alert.language())) return *own;
  const v1::Site* home = HomeSite(alert, directory);
  return home ? LanguageFrom(home->language()).value_or(Language::kEnglish) : Language::kEnglish;
}

Wording WordingOf(const v1::Alert& alert, const Directory& directory, TimePoint now) {
  Wording wording{.language = LanguageOf(alert, directory),
                  .with_zone = ClocksChangeNear(alert.zone(), now)};
  if (wording.with_zone) return wording;
  const std::string& zone = alert.zone();
  const auto elsewhere = [&](const v1::Site& site) { return site.zone() != zone; };
  // Whoever has one zone need not look at all its wards.
  if (std::ranges::none_of(directory.content().sites, elsewhere)) return wording;
  const AudiencePtr resolved = AudienceOf(alert, directory);
  for (const std::string& id : SitesOf(*resolved, directory)) {
    if (const v1::Site* site = directory.FindSite(id); site && elsewhere(*site))
      wording.with_zone = true;
  }
  return wording;
}

void FillDefaults(v1::Alert& alert, const Directory& directory, TimePoint now) {
  if (alert.severity() == v1::Severity::UNSPECIFIED) alert.set_severity(v1::Severity::MODERATE);
  if (alert.status() == v1::Status::UNSPECIFIED) alert.set_status(v1::Status::ACTUAL);
  if (alert.phase() == v1::Phase::UNSPECIFIED) alert.set_phase(DefaultPhase(alert.kind()));
  if (alert.presentation() == v1::Presentation::UNSPECIFIED)
    alert.set_presentation(DefaultPresentation(alert.severity()));
  alert.set_asks_answer(AsksAnswer(alert.severity()));

  if (alert.zone().empty() || alert.phone().empty() || alert.phone_fallback().empty()) {
    const v1::Site* site = HomeSite(alert, directory);
    if (alert.zone().empty()) alert.set_zone(site ? site->zone() : "UTC");
    if (alert.phone().empty() && site) alert.set_phone(site->phone());
    if (alert.phone_fallback().empty() && site) alert.set_phone_fallback(site->phone_fallback());
  }

  const bool planned = alert.kind() == v1::Kind::PLANNED_DOWNTIME;
  const bool no_start_known = planned && alert.phase() == v1::Phase::POSTPONED;
  if (!alert.has_start() && !no_start_known) *alert.mutable_start() = ToZoned(now, alert.zone());
  // Nobody promises news on a piece of information, nor on work that has no time yet. Planned work
  // has its first news at its start.
  if (!alert.has_next_update() && alert.kind() != v1::Kind::INFORMATION && alert.has_start()) {
    const TimePoint start = FromTimestamp(alert.start().at());
    if (planned && start > now && !alert.has_started_at()) {
      *alert.mutable_next_update() = ToZoned(start, alert.zone());
    } else if (const auto within = NextUpdateWithin(alert.severity())) {
      *alert.mutable_next_update() = ToZoned(NextMinute(now + *within), alert.zone());
    }
  }
  FillPrinted(alert, directory);
}

void FillPrinted(v1::Alert& alert, const Directory& directory) {
  std::string zone = alert.zone();
  if (zone.empty()) {
    const v1::Site* site = HomeSite(alert, directory);
    zone = site ? site->zone() : "UTC";
  }
  const auto fill = [&](v1::ZonedTime* time) { *time = ToZoned(FromTimestamp(time->at()), zone); };
  if (alert.has_start()) fill(alert.mutable_start());
  if (alert.has_expected_end()) fill(alert.mutable_expected_end());
  if (alert.has_next_update()) fill(alert.mutable_next_update());
  if (alert.has_published_at()) fill(alert.mutable_published_at());
  if (alert.has_changed_at()) fill(alert.mutable_changed_at());
  if (alert.has_send_at()) fill(alert.mutable_send_at());
  if (alert.has_started_at()) fill(alert.mutable_started_at());
  if (alert.has_overrun_since()) fill(alert.mutable_overrun_since());
  if (alert.has_waiting_since()) fill(alert.mutable_waiting_since());
  for (v1::ClearedPart& part : *alert.mutable_cleared()) fill(part.mutable_at());

  alert.clear_service_names();
  for (const std::string& id : alert.services()) {
    const v1::Service* service = directory.FindService(id);
    alert.add_service_names(service ? service->name() : id);
  }
}

}  // namespace wardcast
