#include "server/api/access/audit_handler.h"

#include "base/proto_time.h"

namespace wardcast {
namespace {

constexpr int kDefaultEvents = 100;
constexpr int kMostEvents = 1'000;

}  // namespace

Result<v1::ListEventsResponse> AuditHandler::ListEvents(const CallContext&,
                                                        const v1::ListEventsRequest& request) {
  if (request.limit() < 0 || request.limit() > kMostEvents)
    return Invalid({{"limit", "must be 1 to 1000, or 0 for 100"}});
  const TimePoint before = request.has_before() ? FromTimestamp(request.before()) : TimePoint{};
  auto events = people_.ReadAudit(before, request.who(), request.loud_only(),
                                  request.limit() == 0 ? kDefaultEvents : request.limit());
  if (!events) return std::unexpected(events.error());
  v1::ListEventsResponse response;
  for (v1::AuditEvent& event : *events) *response.add_events() = std::move(event);
  return response;
}

}  // namespace wardcast
