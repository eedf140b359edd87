// The audit trail: appended, never changed.
#include "base/proto_time.h"
#include "server/store/alert_row.h"
#include "server/store/people/audit_chain.h"
#include "server/store/people/sql_people_store.h"

namespace wardcast {
namespace {

constexpr std::int64_t kEverything = std::int64_t{1} << 60;

}  // namespace

Result<void> SqlPeopleStore::AppendAudit(const std::string& broker,
                                         const std::vector<AuditEntry>& entries) {
  return Write([&](Connection& connection) -> Result<void> {
    const auto last = connection.Read<std::int64_t, std::string>(
        "SELECT number, hash FROM audit_event WHERE broker = :broker ORDER BY number DESC LIMIT 1",
        broker);
    std::int64_t number = last.empty() ? 0 : std::get<0>(last.front());
    std::string hash = last.empty() ? "" : std::get<1>(last.front());
    for (const AuditEntry& entry : entries) {
      v1::AuditEvent event;
      event.set_broker(broker);
      event.set_number(++number);
      *event.mutable_at() = ToTimestamp(entry.at);
      event.set_who(entry.who);
      event.set_peer(entry.peer);
      event.set_what(entry.what);
      event.set_subject(entry.subject);
      event.set_detail(entry.detail);
      event.set_loud(entry.loud);
      hash = ChainHash(hash, event);
      connection.Execute(
          "INSERT INTO audit_event (broker, number, at, who, peer, what, subject, detail, loud, "
          "hash) VALUES (:broker, :number, :at, :who, :peer, :what, :subject, :detail, :loud, "
          ":hash)",
          broker, number, ToMillis(entry.at), entry.who, entry.peer, entry.what, entry.subject,
          entry.detail, std::int64_t{entry.loud}, hash);
    }
    return {};
  });
}

Result<std::vector<v1::AuditEvent>> SqlPeopleStore::ReadAudit(TimePoint before,
                                                              const std::string& who,
                                                              bool loud_only, int limit) {
  return Read([&](Connection& connection) -> Result<std::vector<v1::AuditEvent>> {
    const std::int64_t end = before == TimePoint{} ? kEverything : ToMillis(before);
    std::vector<v1::AuditEvent> events;
    for (const auto& [broker, number, at, by, peer, what, subject, detail, loud, hash] :
         connection.Read<std::string, std::int64_t, std::int64_t, std::string, std::string,
                         std::string, std::string, std::string, std::int64_t, std::string>(
             "SELECT broker, number, at, who, peer, what, subject, detail, loud, hash FROM "
             "audit_event WHERE at < :before AND (who = :who OR :every = '') AND loud >= :loud"
             " ORDER BY at DESC, number DESC LIMIT " +
                 std::to_string(limit),
             end, who, who, std::int64_t{loud_only})) {
      v1::AuditEvent& event = events.emplace_back();
      event.set_broker(broker);
      event.set_number(number);
      *event.mutable_at() = ToTimestamp(FromMillis(at));
      event.set_who(by);
      event.set_peer(peer);
      event.set_what(what);
      event.set_subject(subject);
      event.set_detail(detail);
      event.set_loud(loud != 0);
      event.set_hash(hash);
    }
    return events;
  });
}

}  // namespace wardcast
