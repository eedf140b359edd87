#include "agent/core/standing.h"

#include <algorithm>
#include <set>

#include "agent/core/words/say.h"
#include "base/proto_time.h"

namespace wardcast::agent {
namespace {

using std::chrono::minutes;

// So long before the start everybody shall have signed out.
constexpr minutes kSignedOutBefore{15};
// From so much on minutes do not matter.
constexpr int kHoursFrom = 120;

// Rounded up, so that 14 min 30 s reads "15 min" and only the start itself reads 0.
int MinutesAhead(TimePoint from, TimePoint until) {
  return static_cast<int>(std::chrono::ceil<minutes>(until - from).count());
}

// When AheadText next says something else: each minute, before that where half an hour is full.
TimePoint NextTick(TimePoint start, int ahead) {
  return start - minutes(ahead <= kHoursFrom ? ahead - 1 : ahead / 30 * 30 - 1);
}

std::string Joined(const std::vector<std::string>& names) {
  std::string joined;
  for (const std::string& name : names) joined += (joined.empty() ? "" : ", ") + name;
  return joined;
}

std::string PlanText(const v1::Alert& alert, v1::Occasion::Value occasion, const SiteTime& site,
                     TimePoint now) {
  const Language language = site.language();
  const TimePoint start = FromTimestamp(alert.start().at());
  const std::string time = site.Text(alert.start(), now);
  const bool reminder = occasion == v1::Occasion::REMINDER;
  const bool moved =
      !reminder && (occasion == v1::Occasion::POSTPONED || alert.phase() == v1::Phase::POSTPONED);
  const std::string planned = Say(language, moved ? Phrase::kPostponedAhead : Phrase::kPlannedAhead,
                                  {{"time", time}, {"span", AheadText(now, start, language)}});
  if (!reminder) return planned;
  if (minutes(MinutesAhead(now, start)) < kSignedOutBefore)
    return Say(language, Phrase::kSignOutNow, {{"standing", planned}});
  v1::ZonedTime signed_out = alert.start();
  *signed_out.mutable_at() = ToTimestamp(start - kSignedOutBefore);
  return Say(language, Phrase::kSignOutBy,
             {{"standing", planned}, {"time", site.Text(signed_out, now)}});
}

}  // namespace

bool IsPlan(const v1::Alert& alert) {
  const bool announced = alert.phase() == v1::Phase::UNSPECIFIED ||
                         alert.phase() == v1::Phase::ANNOUNCED ||
                         alert.phase() == v1::Phase::POSTPONED;
  return alert.kind() == v1::Kind::PLANNED_DOWNTIME && announced && !alert.has_started_at() &&
         alert.state() != v1::State::RECOVERING;
}

std::string AheadText(TimePoint from, TimePoint until, Language language) {
  const int ahead = std::max(MinutesAhead(from, until), 0);
  const auto text = [&](Phrase phrase, int hours, int rest) {
    return Say(language, phrase,
               {{"hours", std::to_string(hours)}, {"minutes", std::to_string(rest)}});
  };
  if (ahead <= 60) return text(Phrase::kMinutes, 0, ahead);
  if (ahead < kHoursFrom) return text(Phrase::kHoursMinutes, ahead / 60, ahead % 60);
  if (ahead < 48 * 60) return text(Phrase::kHours, (ahead + 30) / 60, 0);
  return Say(language, Phrase::kDays, {{"days", std::to_string((ahead + 720) / 1440)}});
}

Standing StandingOf(const v1::Alert& alert, v1::Occasion::Value occasion, const SiteTime& site,
                    TimePoint now) {
  Standing standing;
  if (alert.state() != v1::State::ACTIVE) return standing;
  const Language language = site.language();
  if (alert.has_start() && !alert.has_started_at()) {
    const TimePoint start = FromTimestamp(alert.start().at());
    if (start > now) {
      standing.changes = NextTick(start, MinutesAhead(now, start));
      standing.text = IsPlan(alert) ? PlanText(alert, occasion, site, now)
                                    : Say(language, Phrase::kFromTime,
                                          {{"time", site.Text(alert.start(), now)},
                                           {"span", AheadText(now, start, language)}});
      return standing;
    }
    if (IsPlan(alert)) {
      standing.text =
          Say(language, Phrase::kNotConfirmed, {{"time", site.Text(alert.start(), now)}});
      return standing;
    }
  }
  const bool extended = alert.has_expected_end() && FromTimestamp(alert.expected_end().at()) > now;
  if (alert.has_overrun_since() && !extended) {
    standing.text =
        Say(language, Phrase::kOverrun, {{"time", site.Text(alert.overrun_since(), now)}});
  }
  return standing;
}

Cleared ClearedAt(const v1::Alert& alert, const std::string& site_id) {
  Cleared cleared;
  std::set<std::string> again;
  bool whole = false;
  for (const v1::ClearedPart& part : alert.cleared()) {
    const auto& sites = part.sites();
    if (!sites.empty() && std::ranges::find(sites, site_id) == sites.end()) {
      cleared.elsewhere = true;
      continue;
    }
    cleared.last = &part;
    whole |= part.services().empty();
    for (int index = 0; index < part.services_size(); ++index) {
      if (!again.insert(part.services(index)).second) continue;
      cleared.works.push_back(index < part.service_names_size() ? part.service_names(index)
                                                                : part.services(index));
    }
  }
  for (int index = 0; index < alert.services_size(); ++index) {
    if (whole || again.contains(alert.services(index))) continue;
    cleared.down.push_back(index < alert.service_names_size() ? alert.service_names(index)
                                                              : alert.services(index));
  }
  cleared.all_here = cleared.last != nullptr && (whole || cleared.down.empty());
  return cleared;
}

std::string ClearedText(const Cleared& cleared, const SiteTime& site, TimePoint now) {
  const Language language = site.language();
  if (cleared.last == nullptr)
    return cleared.elsewhere ? Say(language, Phrase::kClearElsewhere) : "";
  if (cleared.works.empty() || cleared.down.empty()) return "";
  return Say(language, Phrase::kWorksAgain,
             {{"time", site.Text(cleared.last->at(), now)}, {"works", Joined(cleared.works)}}) +
         " " + Say(language, Phrase::kStillDown, {{"down", Joined(cleared.down)}});
}

bool NamesAll(const std::string& text, const Cleared& cleared) {
  const auto named = [&](const std::string& name) { return text.find(name) != std::string::npos; };
  return !cleared.works.empty() && std::ranges::all_of(cleared.works, named) &&
         std::ranges::all_of(cleared.down, named);
}

}  // namespace wardcast::agent
