// Which endpoint was last seen at which broker.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "base/clock.h"
#include "wardcast/v1/endpoint_service.pb.h"

namespace wardcast {

// One endpoint at one broker. Key: (endpoint_id, broker_id), so that brokers never write each
// other's rows; an endpoint that moved from one broker to another has two rows, of which the later
// one counts.
struct PresenceRow {
  std::string endpoint_id;
  std::string broker_id;      // filled by the store
  TimePoint connected_at{};   // begin of the newest session
  TimePoint gone_at{};        // end of the last session; TimePoint{}: connected
  bool goodbye = false;       // it said that it goes; false while connected
  int sessions = 0;           // now open; more than one for longer than a minute: cloned PCs
  std::string agent_version;  // these five as the endpoint said; at most 200 bytes are kept
  std::string os;
  std::string host;
  std::string serial;
  int screens = 0;
  // As it said last; of one that is not connected it means nothing. UNSPECIFIED: it does not say.
  v1::ScreenState::Value screen_state = v1::ScreenState::UNSPECIFIED;
  std::chrono::milliseconds clock_skew{0};  // the endpoint's clock minus the broker's
  // Last sign of life of the broker itself (PresenceBatch::now of its last batch); filled by the
  // store. While connected, the endpoint was last seen then; a broker that is silent for long is
  // dead, and so are its connections.
  TimePoint broker_seen_at{};
};

// A broker writes a sign of life every 10 s. After so long without one it is dead, and its
// connections are with it.
inline constexpr std::chrono::seconds kBrokerDead{45};

// What changed at one broker since its last batch.
struct PresenceBatch {
  std::string broker_id;  // kept over restarts (DATA_DIR/broker.id)
  // True in the first batch after a start: what this broker's last life left connected is gone
  // since its last sign of life, before `rows` are written.
  bool started = false;
  std::vector<PresenceRow> rows;  // may be empty: a sign of life only
  TimePoint now{};
};

}  // namespace wardcast
