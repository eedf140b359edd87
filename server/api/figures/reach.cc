#include "server/api/figures/reach.h"

#include <algorithm>
#include <chrono>
#include <unordered_map>

#include "server/alert/audience.h"

namespace wardcast {
namespace {

constexpr std::chrono::days kDoseWindow{7};

}  // namespace

Result<v1::Reach> ReachReader::Read(const ResolvedAudience& resolved,
                                    const std::vector<std::string>& services,
                                    const Directory& directory) const {
  auto notices = store_.CountNotices(clock_.Now() - kDoseWindow);
  if (!notices) return std::unexpected(notices.error());
  const std::unordered_map<std::string, int> by_ward(notices->begin(), notices->end());
  v1::Reach reach;
  int connected = hub_.CountConnected(directory, resolved.unplaced);
  for (const ResolvedAudience::Ward& ward : resolved.wards) {
    v1::WardReach& row = *reach.add_wards();
    row.set_ward_id(ward.ward_id);
    if (const v1::Ward* known = directory.FindWard(ward.ward_id)) row.set_name(known->name());
    if (const v1::Site* site = directory.SiteOfWard(ward.ward_id)) row.set_site_id(site->id());
    row.set_endpoints(static_cast<int>(ward.expected.size()));
    row.set_connected(hub_.CountConnected(directory, ward.expected));
    const auto had = by_ward.find(ward.ward_id);
    row.set_notices_7d(had == by_ward.end() ? 0 : had->second);
    connected += row.connected();
  }
  reach.set_endpoints(resolved.expected_count());
  reach.set_connected(connected);
  reach.set_not_connected(reach.endpoints() - connected);
  reach.set_boards(resolved.boards);
  reach.set_wards_total(static_cast<int>(directory.content().wards.size()));
  reach.set_from_services(resolved.from_services);
  for (const AlertFramePtr& frame : hub_.OpenAlerts()) {
    const bool shares =
        std::ranges::any_of(frame->alert.services(), [&](const std::string& service) {
          return std::ranges::find(services, service) != services.end();
        });
    if (shares) reach.add_open_alert_ids(frame->alert.id());
  }
  return reach;
}

}  // namespace wardcast
