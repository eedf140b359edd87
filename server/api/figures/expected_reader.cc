#include "server/api/figures/expected_reader.h"

#include <algorithm>
#include <utility>

#include "base/proto_time.h"
#include "server/feed/match.h"

namespace wardcast {
namespace {

constexpr std::size_t kKeptAlerts = 64;

// Each stretch of time in which the alert was on the wards for the same audience.
std::vector<AudienceSpan> SpansOf(const std::vector<StoredAlert>& versions) {
  std::vector<AudienceSpan> spans;
  std::string last;
  bool open = false;
  for (const StoredAlert& version : versions) {
    const v1::Alert& alert = version.alert;
    const TimePoint at = FromTimestamp(alert.changed_at().at());
    std::string audience = alert.audience().SerializeAsString();
    for (const std::string& service : alert.services()) audience += "\n" + service;
    if (open && IsOnWards(alert) && audience == last) continue;
    if (open) spans.back().until = at;
    open = IsOnWards(alert);
    if (!open) continue;
    last = std::move(audience);
    spans.push_back({.audience = alert.audience(),
                     .services = {alert.services().begin(), alert.services().end()},
                     .from = at,
                     .until = TimePoint{}});
  }
  return spans;
}

}  // namespace

Result<ExpectedPtr> ExpectedReader::Read(const v1::Alert& alert, const Directory& directory) {
  {
    const MutexLock lock(mu_);
    const auto found = kept_.find(alert.id());
    if (found != kept_.end() && found->second.version == alert.version() &&
        found->second.generation == alert.generation() &&
        found->second.directory == directory.version()) {
      return found->second.expected;
    }
  }
  auto expected = Compute(alert, directory);
  if (!expected) return expected;
  const MutexLock lock(mu_);
  kept_[alert.id()] = {alert.generation(), alert.version(), directory.version(), *expected};
  if (kept_.size() > kKeptAlerts) kept_.erase(kept_.begin());  // ids sort by time
  return expected;
}

Result<ExpectedPtr> ExpectedReader::Compute(const v1::Alert& alert, const Directory& directory) {
  const auto versions = store_.LoadVersions(alert.id());
  if (!versions) return std::unexpected(versions.error());
  const std::vector<AudienceSpan> spans = SpansOf(*versions);
  if (spans.empty()) return std::make_shared<const Expected>();
  const auto rows = places_.Since(spans.front().from, directory);
  if (!rows) return std::unexpected(rows.error());
  std::vector<PlacedEndpoint> history;
  history.reserve((*rows)->size());
  for (const MembershipRow& row : **rows)
    history.push_back({.endpoint = &row.endpoint, .since = row.since, .until = row.until});
  const bool known = std::ranges::any_of(
      history, [&](const PlacedEndpoint& placed) { return placed.since <= spans.front().from; });
  if (!known && !directory.content().endpoints.empty()) return ExpectedPtr();
  auto expected = std::make_shared<Expected>();
  expected->endpoints = ResolveEver(spans, directory, history);
  for (const ExpectedEndpoint& endpoint : expected->endpoints) {
    for (const std::string& ward_id : endpoint.wards) ++expected->by_ward[ward_id];
  }
  return ExpectedPtr(std::move(expected));
}

}  // namespace wardcast
