// One endpoint's subscription: what it has been sent, and the set of what is due. Never a queue of
// messages, so its memory is bounded and it never receives a stale version. Knows no transport.
#pragma once

#include <cstdint>
#include <functional>
#include <list>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/call_gate.h"
#include "base/clock.h"
#include "server/feed/delivery.h"
#include "server/feed/holdings.h"
#include "server/feed/match.h"
#include "wardcast/v1/endpoint_service.pb.h"

namespace wardcast {

class Hub;
class Roster;

// Threads: Take() and Close() from the transport, one at a time; everything else is the hub's.
// Lifetime: the transport holds the shared_ptr; the hub forgets the session at Close(). The hub
// outlives every call.
class Session : public std::enable_shared_from_this<Session> {
 public:
  // Only the hub has sessions to give: Hub::Open().
  Session(Hub& hub, const v1::EndpointInfo& endpoint, TimePoint now, std::function<void()> wake);
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  // Who the session is.
  const std::string& endpoint_id() const { return endpoint_id_; }

  // Everything that is due, as one message, and marks it as sent; nullopt: nothing is due, `wake`
  // will be called when something is. Call it again after each write has gone out: what became due
  // meanwhile is collected in the next. Between a message and the next nullopt `wake` is not
  // called, unless that takes longer than HubConfig::stuck_after: then it is, so that the transport
  // sees that its peer takes nothing.
  std::optional<Delivery> Take();

  // After it no `wake` is running or will come. Idempotent. Not from within `wake`.
  void Close();

 private:
  friend class Hub;
  friend class Roster;

  Hub& hub_;
  const std::string endpoint_id_;
  const bool watcher_;
  const TimePoint opened_;
  const std::shared_ptr<const v1::EndpointInfo> info_;  // nullptr: a watcher
  const std::function<void()> wake_;
  CallGate gate_;  // around wake_

  // From here on: protected by the hub's mutex.
  // The place, from the directory.
  std::string ward_id_;
  std::uint32_t number_ = kUnknownEndpoint;
  bool board_ = false;
  // What it has, and what is to be looked at again by Take().
  Holdings holdings_;
  std::vector<CurrentAlert*> due_;
  bool look_again_ = true;                 // also at what was marked after `looked_`
  std::uint64_t looked_ = 0;               // mark up to which `due_` and the holdings are complete
  std::vector<v1::RemovedAlert> removed_;  // ids that the hub has forgotten
  bool first_ = true;                      // the message with `synced` has not been taken
  bool tell_log_ = true;                   // the log's identity is new to it
  bool news_ = false;      // a message is due even if it is empty: heartbeat, changed settings
  bool last_ = false;      // the hub drains: the next message is the last
  bool finished_ = false;  // the last message was taken
  bool closed_ = false;
  // As the endpoint said last: when it came, or since (Hub::HearScreen).
  v1::ScreenState::Value screen_state_ = v1::ScreenState::UNSPECIFIED;
  bool armed_ = false;  // the transport waits for `wake`
  // Place in the order of last messages.
  TimePoint last_message_{};
  std::list<std::shared_ptr<Session>>::iterator order_;
  // Place in the roster's list of those to whom a message is being written, or of the others.
  TimePoint took_{};
  bool busy_ = false;
  std::list<Session*>::iterator place_;
};

}  // namespace wardcast
