#include "server/api/figures/place_history.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace wardcast {
namespace {

// Alerts of these days share what was read; older ones are asked about rarely, one by one.
constexpr std::chrono::days kKeptDays{8};

}  // namespace

Result<PlaceHistory::Rows> PlaceHistory::Since(TimePoint from, const Directory& directory) {
  const TimePoint now = clock_.Now();
  const bool recent = from >= now - kKeptDays;
  if (recent) {
    const MutexLock lock(mu_);
    if (kept_ && kept_version_ == directory.version() && kept_from_ <= from) return kept_;
    from = now - kKeptDays;
  }
  auto rows = store_.LoadMembership(from, std::max(now, from) + std::chrono::days(1));
  if (!rows) return std::unexpected(rows.error());
  auto shared = std::make_shared<const std::vector<MembershipRow>>(std::move(*rows));
  if (recent) {
    const MutexLock lock(mu_);
    kept_ = shared;
    kept_from_ = from;
    kept_version_ = directory.version();
  }
  return shared;
}

Result<bool> PlaceHistory::WasInWard(const std::string& endpoint_id, const std::string& ward_id,
                                     TimePoint from, const Directory& directory) {
  const auto rows = Since(from, directory);
  if (!rows) return std::unexpected(rows.error());
  const auto of_endpoint = std::ranges::equal_range(
      **rows, endpoint_id, {}, [](const MembershipRow& row) { return row.endpoint.id(); });
  return std::ranges::any_of(of_endpoint, [&](const MembershipRow& row) {
    return row.endpoint.ward_id() == ward_id && (row.until == TimePoint{} || row.until > from);
  });
}

}  // namespace wardcast
