// What must still be reported to a broker: kept until it is confirmed, and after that until the
// alert closes, because a broker that was restored from an older copy must be told again.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <variant>
#include <vector>

#include "agent/core/moment.h"
#include "wardcast/v1/endpoint_service.pb.h"

namespace wardcast::agent {

struct OutboxItem {
  enum class State {
    kWaiting,    // to be sent, or sent and not confirmed
    kConfirmed,  // committed by the broker
    kRefused,    // never sent again; a person is told why
  };
  std::variant<v1::Receipt, v1::Acknowledgement> report;
  State state = State::kWaiting;
  // Which life of which log confirmed it.
  std::string log_id;
  std::int64_t generation = 0;
  std::string refusal;  // for a person; set exactly if kRefused

  const std::string& id() const;
  const std::string& alert_id() const;
  int round() const;
  TimePoint at() const;  // when it happened
};

// What has to be written to the cache.
struct OutboxChange {
  std::vector<OutboxItem> put;
  std::vector<std::string> remove;
  bool empty() const { return put.empty() && remove.empty(); }
};

// Threads: one at a time.
class Outbox {
 public:
  Outbox() = default;
  explicit Outbox(std::vector<OutboxItem> items);

  // Takes a report. False and nothing done if it is there already: a receipt by (alert, round,
  // kind), an acknowledgement by its id.
  bool Put(OutboxItem item);
  bool Has(const std::string& alert_id, int round, v1::Receipt::Kind::Value kind) const;
  // There, and not confirmed yet.
  bool IsWaiting(const std::string& alert_id, int round, v1::Receipt::Kind::Value kind) const;

  // The next report of at most `limit` items, oldest first, acknowledgements before receipts,
  // without `endpoint_id`. nullopt: nothing is due, or one is under way. Followed by exactly one of
  // Settle and Failed.
  std::optional<v1::ReportRequest> Next(Elapsed now, int limit);
  // When Next may have something; nullopt: not before the next Put.
  std::optional<Elapsed> NextAt() const;

  // The broker answered, serving that life of that log when it was asked. What it neither recorded
  // nor refused is sent again; what it refuses for the time being as well, until it is so old that
  // the alert cannot come back.
  OutboxChange Settle(const v1::ReportResponse& response, const std::string& log_id,
                      std::int64_t generation, Moment now);
  // The call failed; nothing is known. Everything is sent again at `again`.
  void Failed(Elapsed again);

  // A broker of this log and generation was reached: what an earlier generation confirmed is sent
  // again.
  OutboxChange Reopen(const std::string& log_id, std::int64_t generation);
  // The alert closed or left: drops what is confirmed or refused about it, keeps what waits.
  OutboxChange Forget(const std::string& alert_id);

  // By id; stable while nothing is put or removed.
  const std::map<std::string, OutboxItem>& items() const { return items_; }

 private:
  using Key = std::tuple<std::string, int, int>;  // alert, round, kind
  static std::optional<Key> KeyOf(const OutboxItem& item);
  void Remove(const std::string& id);

  std::map<std::string, OutboxItem> items_;  // ULIDs: oldest first
  std::map<Key, std::string> receipts_;
  std::map<std::string, Elapsed> not_before_;  // of waiting items that wait for a reason
  std::vector<std::string> under_way_;
  Elapsed resume_at_{0};
};

}  // namespace wardcast::agent
