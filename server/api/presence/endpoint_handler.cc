#include "server/api/presence/endpoint_handler.h"

#include <algorithm>
#include <chrono>
#include <string_view>
#include <tuple>
#include <utility>

#include "base/proto_time.h"
#include "server/access/roles/held.h"
#include "server/alert/ward_round.h"
#include "server/api/figures/said_screen.h"
#include "server/api/method_table.h"

namespace wardcast {
namespace {

// Silent for longer: switched off, not lost.
constexpr std::chrono::hours kOffAfter{24};

int OrderOf(v1::Unreached::Value state) {
  switch (state) {
    case v1::Unreached::LOST:
      return 1;
    case v1::Unreached::LOCKED:
      return 2;
    case v1::Unreached::PENDING:
      return 3;
    case v1::Unreached::OFF:
      return 4;
    default:
      return 5;
  }
}

// Why one that is connected has not shown it: once it has it, nobody can see its screen, as it says
// itself; or it says nothing of its screen, and most likely so.
v1::Unreached::Value WhyNotShown(v1::ScreenState::Value said, bool delivered) {
  const bool unseen = said == v1::ScreenState::UNSPECIFIED || IsUnseen(said);
  return delivered && unseen ? v1::Unreached::LOCKED : v1::Unreached::PENDING;
}

// Every expected endpoint, from the directory as it is now.
std::vector<ExpectedEndpoint> ExpectedNow(const v1::Alert& alert, const Directory& directory) {
  std::vector<PlacedEndpoint> now;
  for (const v1::Endpoint& endpoint : directory.content().endpoints)
    now.push_back({.endpoint = &endpoint, .since = TimePoint{}, .until = TimePoint{}});
  return ResolveEver({{.audience = alert.audience(),
                       .services = {alert.services().begin(), alert.services().end()},
                       .from = TimePoint{},
                       .until = TimePoint{}}},
                     directory, now);
}

}  // namespace

Result<v1::ListEndpointsResponse> EndpointHandler::ListEndpoints(
    const CallContext&, const v1::ListEndpointsRequest& request) {
  auto presence = presence_.Read();
  if (!presence) return std::unexpected(presence.error());
  const DirectoryPtr directory = hub_.directory();
  const auto asked = [&](const std::string& ward_id) {
    return request.ward_id().empty() || ward_id == request.ward_id();
  };
  for (const v1::Endpoint& endpoint : directory->content().endpoints) {
    v1::EndpointPresence& one = (*presence)[endpoint.id()].presence;
    *one.mutable_endpoint() = endpoint;
    // Connected a moment ago, and not written yet.
    if (!one.connected() && hub_.IsConnected(endpoint.id())) {
      one.set_connected(true);
      one.set_sessions(1);
      *one.mutable_last_seen() = ToTimestamp(clock_.Now());
    }
  }
  v1::ListEndpointsResponse response;
  for (auto& [id, one] : *presence) {
    if (asked(one.presence.endpoint().ward_id()))
      *response.add_endpoints() = std::move(one.presence);
  }
  return response;
}

Result<std::map<std::string, EndpointHandler::Reported>> EndpointHandler::ReadReports(
    const v1::Alert& alert) {
  std::map<std::string, Reported> reports;
  for (int round = alert.round(); round <= HighestRound(alert); ++round) {
    const auto receipts = store_.LoadReceipts(alert.id(), round);
    if (!receipts) return std::unexpected(receipts.error());
    for (const EndpointReceipts& receipt : *receipts) {
      Reported& reported = reports[receipt.endpoint_id];
      reported.displayed |= receipt.displayed != TimePoint{} || receipt.seen != TimePoint{};
      if (reported.delivered == TimePoint{}) reported.delivered = receipt.delivered;
    }
  }
  return reports;
}

Result<v1::ListUnreachedResponse> EndpointHandler::ListUnreached(
    const CallContext& context, const v1::ListUnreachedRequest& request) {
  const auto stored = store_.LoadAlert(request.alert_id());
  if (!stored) return std::unexpected(stored.error());
  if (auto sees = CheckSees(*context.identity, stored->alert); !sees)
    return std::unexpected(sees.error());
  const v1::Alert& alert = stored->alert;
  const DirectoryPtr directory = hub_.directory();
  const auto ever = expected_.Read(alert, *directory);
  if (!ever) return std::unexpected(ever.error());
  const auto reports = ReadReports(alert);
  if (!reports) return std::unexpected(reports.error());
  const auto presence = presence_.Read();
  if (!presence) return std::unexpected(presence.error());
  const TimePoint now = clock_.Now();

  v1::ListUnreachedResponse response;
  const auto expected = *ever ? (*ever)->endpoints : ExpectedNow(alert, *directory);
  for (const ExpectedEndpoint& one : expected) {
    const std::string& id = one.endpoint.id();
    const auto report = reports->find(id);
    if (report != reports->end() && report->second.displayed) continue;
    const auto seen = presence->find(id);
    const bool known = seen != presence->end();
    v1::UnreachedEndpoint& unreached = *response.add_endpoints();
    *unreached.mutable_endpoint() = one.endpoint;
    const bool here = hub_.IsConnected(id);
    if (here || (known && seen->second.presence.connected())) {
      const bool delivered = report != reports->end() && report->second.delivered != TimePoint{};
      v1::ScreenState::Value said = v1::ScreenState::UNSPECIFIED;
      if (known) said = seen->second.screen_state;
      // It came a moment ago, and that is not written yet.
      if (said == v1::ScreenState::UNSPECIFIED) said = hub_.ScreenOf(id);
      unreached.set_state(WhyNotShown(said, delivered));
      if (unreached.state() == v1::Unreached::LOCKED)
        *unreached.mutable_since() = ToTimestamp(report->second.delivered);
      continue;
    }
    unreached.set_state(v1::Unreached::OFF);
    if (!known) continue;
    const TimePoint last = FromTimestamp(seen->second.presence.last_seen());
    if (now - last <= kOffAfter && !seen->second.presence.said_goodbye())
      unreached.set_state(v1::Unreached::LOST);
    *unreached.mutable_since() = seen->second.presence.last_seen();
  }
  const auto key = [](const v1::UnreachedEndpoint& endpoint) {
    return std::tuple(OrderOf(endpoint.state()), std::string_view(endpoint.endpoint().ward_id()),
                      std::string_view(endpoint.endpoint().id()));
  };
  std::ranges::sort(*response.mutable_endpoints(), {}, key);
  return response;
}

}  // namespace wardcast
