// How every endpoint of the hospital is doing: connected, locked, lost, off. Read from the store
// every few seconds by a thread of its own, so that who asks about 50,000 of them waits for
// nothing.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <thread>
#include <unordered_map>
#include <vector>

#include "base/clock.h"
#include "base/mutex.h"
#include "server/directory/directory.h"
#include "server/feed/hub.h"
#include "server/store/store.h"

namespace wardcast {

enum class EndpointState : std::uint8_t {
  kOff,        // said goodbye, silent for over 24 h, or never seen
  kLost,       // vanished within the last 24 h
  kConnected,  // to some broker
  // Connected, and nobody can see it: so it says; or it says nothing of its screen, has taken an
  // open notice and not shown it for a minute.
  kLocked,
};

struct EndpointStatesConfig {
  std::string broker_id;  // of this broker
  std::chrono::milliseconds read_every{10'000};
  // Receipts are many more than endpoints.
  std::chrono::milliseconds receipts_every{30'000};
};

// What the rows of one endpoint say (kLocked: it says so itself); `own`: of this broker, which is
// alive. Pure.
EndpointState StateOf(std::span<const PresenceRow> rows, const std::string& own, TimePoint now);

// Threads: own thread `endpoint-states`; all functions from any.
class EndpointStates {
 public:
  // All must outlive this object. `Start` begins to read.
  EndpointStates(EndpointStatesConfig config, Store& store, const Hub& hub, const Clock& clock);
  ~EndpointStates() { Stop(); }
  EndpointStates(const EndpointStates&) = delete;
  EndpointStates& operator=(const EndpointStates&) = delete;

  void Start();
  // Idempotent.
  void Stop();
  // Reads now, in the caller's thread. A store that does not answer leaves what was known.
  void Read();

  // By Directory::NumberOf; shorter while nothing was read: what is missing is off. From memory.
  using Numbered = std::shared_ptr<const std::vector<EndpointState>>;
  Numbered For(const Directory& directory);

 private:
  struct KnownEndpoint {
    EndpointState state = EndpointState::kOff;
    bool says_screen = false;  // what it takes and does not show says nothing more
  };
  using Known = std::unordered_map<std::string, KnownEndpoint>;

  void Run();
  void FindLocked(Known& known, TimePoint now) REQUIRES(reading_);

  const EndpointStatesConfig config_;
  Store& store_;
  const Hub& hub_;
  const Clock& clock_;

  Mutex reading_;  // held while the store is asked
  std::vector<std::string> locked_ GUARDED_BY(reading_);
  std::chrono::steady_clock::time_point receipts_at_ GUARDED_BY(reading_){};
  Mutex mu_;
  CondVar changed_;
  bool stopping_ GUARDED_BY(mu_) = false;
  std::shared_ptr<const Known> known_ GUARDED_BY(mu_) = std::make_shared<const Known>();
  // What is known, by the numbers of this directory.
  Numbered numbered_ GUARDED_BY(mu_);
  std::int64_t numbered_for_ GUARDED_BY(mu_) = 0;
  std::jthread thread_;
};

}  // namespace wardcast
