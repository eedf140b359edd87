#include "server/api/figures/reach.h"

#include <algorithm>

#include "server/alert/audience.h"

namespace wardcast {

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

v1::Reach ReachReader::WithoutNotices(const ResolvedAudience& resolved,
                                      const std::vector<std::string>& services,
                                      const Directory& directory) const {
  v1::Reach reach;
  int connected = connections_.Count(directory, resolved.unplaced);
  for (const ResolvedAudience::Ward& ward : resolved.wards) {
    v1::WardReach& row = *reach.add_wards();
    row.set_ward_id(ward.ward_id);
    if (const v1::Ward* known = directory.FindWard(ward.ward_id)) row.set_name(known->name());
    if (const v1::Site* site = directory.SiteOfWard(ward.ward_id)) row.set_site_id(site->id());
    row.set_endpoints(static_cast<int>(ward.expected.size()));
    row.set_connected(connections_.Count(directory, ward.expected));
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
