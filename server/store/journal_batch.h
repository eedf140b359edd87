// What endpoints report, as rows of the journal.
#pragma once

#include <string>
#include <vector>

#include "base/clock.h"
#include "server/store/log_entry.h"
#include "wardcast/v1/answer.pb.h"
#include "wardcast/v1/endpoint_service.pb.h"

namespace wardcast {

// Key: (alert_id, round, endpoint_id, kind); the first time wins.
struct ReceiptRow {
  std::string alert_id;
  int round = 0;
  std::string endpoint_id;
  std::string ward_id;  // the endpoint's ward at that time; empty: unplaced
  v1::Receipt::Kind::Value kind = v1::Receipt::Kind::UNSPECIFIED;
  TimePoint endpoint_time{};
};

// Key: id; and, for what was pressed at an endpoint, also (alert, ward, round, endpoint, response,
// pressed_at), so that an outbox that lost its ids counts nothing twice. All answers are kept.
struct AnswerRow {
  std::string id;           // the acknowledgement's ULID
  std::string endpoint_id;  // empty: given through AcknowledgeAlert
  v1::WardAnswer answer;    // answer_version is filled by the store
  TimePoint pressed_at{};   // as the endpoint reported it; TimePoint{}: unknown, only the id counts
};

// One group commit.
struct JournalBatch {
  std::vector<ReceiptRow> receipts;
  std::vector<AnswerRow> answers;
  TimePoint now{};
  std::string broker_id;  // whose progress rows are counted up
};

// What the journal committed after some version.
struct JournalDelta {
  JournalVersion version = 0;               // up to which this is complete
  std::vector<v1::WardAnswer> answers;      // by answer_version
  std::vector<std::string> changed_alerts;  // ids whose progress changed, each once
};

// What one endpoint has reported about one round: the broker's time of the first receipt of each
// kind. TimePoint{}: none.
struct EndpointReceipts {
  std::string endpoint_id;
  TimePoint delivered{};
  TimePoint displayed{};
  TimePoint seen{};
};

// Sums of one ward in one round over all brokers.
struct WardCount {
  std::string ward_id;
  int delivered = 0;
  int displayed = 0;
  int seen = 0;
};

}  // namespace wardcast
