#include "server/api/figures/reach.h"

#include <algorithm>
#include <map>
#include <optional>
#include <span>
#include <unordered_map>
#include <utility>

#include "server/alert/audience.h"
#include "server/alert/drills/drill.h"
#include "server/alert/opening.h"
#include "server/alert/zoned_time.h"

namespace wardcast {
namespace {

// Until when wards are closed: many of them have the same hours.
class Opening {
 public:
  explicit Opening(TimePoint now) : now_(now) {}

  std::optional<v1::ZonedTime> ClosedOne(const v1::Ward& ward, const v1::Site* site) {
    if (ward.opening_hours().empty()) return std::nullopt;
    const std::string zone = site ? site->zone() : std::string();
    const auto [found, is_new] = known_.try_emplace({ward.opening_hours(), zone});
    if (is_new) {
      if (const auto until = ClosedUntil(ward.opening_hours(), zone, now_))
        found->second = ToZoned(*until, zone);
    }
    return found->second;
  }

 private:
  const TimePoint now_;
  std::map<std::pair<std::string, std::string>, std::optional<v1::ZonedTime>> known_;
};

// Of the named services those that each ward depends on, in their order.
std::unordered_map<const v1::Ward*, std::vector<const std::string*>> ServicesByWard(
    const std::vector<std::string>& services, const Directory& directory) {
  std::unordered_map<const v1::Ward*, std::vector<const std::string*>> by_ward;
  for (const std::string& service : services) {
    const std::vector<const v1::Ward*> wards = directory.WardsDependingOn({service});
    for (const v1::Ward* ward : wards) by_ward[ward].push_back(&service);
  }
  return by_ward;
}

struct StateCounts {
  int lost = 0;
  int locked = 0;
};

void AddStates(std::span<const v1::Endpoint* const> endpoints, const Directory& directory,
               const std::vector<EndpointState>& states, StateCounts& counts) {
  for (const v1::Endpoint* endpoint : endpoints) {
    const std::uint32_t number = directory.NumberOf(*endpoint);
    if (number >= states.size()) continue;
    counts.lost += states[number] == EndpointState::kLost ? 1 : 0;
    counts.locked += states[number] == EndpointState::kLocked ? 1 : 0;
  }
}

}  // namespace

Result<v1::Reach> ReachReader::Read(const ResolvedAudience& resolved,
                                    const std::vector<std::string>& services,
                                    const Directory& directory) {
  const auto notices = notices_.Read();
  if (!notices) return std::unexpected(notices.error());
  connections_.Refresh();
  v1::Reach reach = WithoutNotices(resolved, services, directory);
  for (v1::WardReach& ward : *reach.mutable_wards()) {
    const auto had = (*notices)->find(ward.ward_id());
    if (had != (*notices)->end()) ward.set_notices_7d(had->second);
  }
  return reach;
}

v1::Reach ReachReader::NoticesOf(const ResolvedAudience& resolved) {
  v1::Reach reach;
  const auto notices = notices_.Read();
  if (!notices) return reach;
  for (const ResolvedAudience::Ward& ward : resolved.wards) {
    const auto had = (*notices)->find(ward.ward_id);
    if (had == (*notices)->end()) continue;
    v1::WardReach& row = *reach.add_wards();
    row.set_ward_id(ward.ward_id);
    row.set_notices_7d(had->second);
  }
  return reach;
}

v1::Reach ReachReader::WithoutNotices(const ResolvedAudience& resolved,
                                      const std::vector<std::string>& services,
                                      const Directory& directory) const {
  v1::Reach reach;
  const EndpointStates::Numbered states = states_.For(directory);
  const auto named = ServicesByWard(services, directory);
  Opening opening(clock_.Now());
  StateCounts counts;
  int connected = connections_.Count(directory, resolved.unplaced);
  AddStates(resolved.unplaced, directory, *states, counts);
  reach.mutable_wards()->Reserve(static_cast<int>(resolved.wards.size()));
  for (const ResolvedAudience::Ward& ward : resolved.wards) {
    v1::WardReach& row = *reach.add_wards();
    row.set_ward_id(ward.ward_id);
    const v1::Site* site = directory.SiteOfWard(ward.ward_id);
    if (site) row.set_site_id(site->id());
    if (const v1::Ward* known = directory.FindWard(ward.ward_id)) {
      row.set_name(known->name());
      if (auto until = opening.ClosedOne(*known, site)) {
        *row.mutable_closed_until() = std::move(*until);
        reach.set_closed_wards(reach.closed_wards() + 1);
      }
      const auto depends = named.find(known);
      if (depends != named.end()) {
        for (const std::string* service : depends->second) row.add_services(*service);
      }
    }
    row.set_endpoints(static_cast<int>(ward.expected.size()));
    row.set_connected(connections_.Count(directory, ward.expected));
    connected += row.connected();
    AddStates(ward.expected, directory, *states, counts);
  }
  reach.set_endpoints(resolved.expected_count());
  reach.set_connected(connected);
  reach.set_not_connected(reach.endpoints() - connected);
  // What was read is a few seconds older than who is connected: the parts add up all the same.
  reach.set_lost(std::min(counts.lost, reach.not_connected()));
  reach.set_off(reach.not_connected() - reach.lost());
  reach.set_locked(std::min(counts.locked, connected));
  reach.set_boards(resolved.boards);
  reach.set_wards_total(static_cast<int>(directory.content().wards.size()));
  reach.set_from_services(resolved.from_services);
  for (const AlertFramePtr& frame : hub_.OpenAlerts()) {
    // Nobody updates a drill to tell what is real.
    if (IsDrill(frame->alert)) continue;
    const bool shares =
        std::ranges::any_of(frame->alert.services(), [&](const std::string& service) {
          return std::ranges::find(services, service) != services.end();
        });
    if (shares) reach.add_open_alert_ids(frame->alert.id());
  }
  return reach;
}

}  // namespace wardcast
