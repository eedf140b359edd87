// Reads the log strictly in order and drives the hub. A lost wake-up costs seconds, never an alert:
// the feed asks the store by itself at least every `ask_every`.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include "base/backoff.h"
#include "base/clock.h"
#include "base/mutex.h"
#include "base/result.h"
#include "base/subscription.h"
#include "server/bus/bus.h"
#include "server/feed/hub.h"
#include "server/feed/reader.h"
#include "server/store/store.h"

namespace wardcast {

struct FeedConfig {
  std::chrono::milliseconds ask_every{5'000};
  // The journal moves up to a hundred times a second under load; asked for it alone, the feed reads
  // it this often.
  std::chrono::milliseconds journal_every{50};
  // More sessions than are woken at once wait for changes that are being committed at that moment,
  // because a message costs the same with them: `gather_most` at the most, looking every
  // `gather_look`.
  std::chrono::milliseconds gather_look{2};
  std::chrono::milliseconds gather_most{250};
  // For so long sessions are woken, unless something is to be read meanwhile.
  std::chrono::milliseconds wake_for{4};
  // How often heartbeats and presence are looked after.
  std::chrono::milliseconds tick_every{500};
};

struct FeedHealth {
  bool ok = true;
  std::string detail;  // "the store has not answered since …"
  // Not ok only because a new life of the log was begun: it serves, but a person must know.
  bool serves = true;
};

// For the metrics.
struct FeedCounts {
  Sequence applied = 0;
  Sequence heard = 0;  // highest entry that the bus told of; applied < heard: on its way
  JournalVersion journal = 0;
  std::chrono::milliseconds since_read{0};  // since the store last answered
  std::uint64_t new_lives = 0;              // how often a new life of the log was begun here
};

// Threads: own thread `feed`; all functions from any.
// Locks: mu_ holds what is asked and what Health() says; nothing is called while it is held.
class Feed {
 public:
  // Gets the head of the store after all of it was applied: at the start and every `ask_every`. On
  // the feed's thread.
  using Applied = std::function<void(const LogHead&)>;

  // All references must outlive the feed. `seal` signs what a new life of the log signs anew.
  Feed(FeedConfig config, Store& store, Bus& bus, Hub& hub, const Clock& clock, SealAlert seal = {},
       Applied applied = {});
  Feed(const Feed&) = delete;
  Feed& operator=(const Feed&) = delete;
  ~Feed();  // stops and joins

  // Loads the current state from the store (blocks), then starts the thread. Once. An error:
  // nothing was started. `suspicion`: why the store seems to be a copy or older than what this
  // broker has seen, for a person; not empty: a new life of the log is begun first.
  Result<void> Start(std::string suspicion = {});
  // Not ok: the store fails or hangs (what is accepted elsewhere arrives late here), or its history
  // changed under this broker (restored or rolled back; stays so until a restart, because a person
  // must know).
  FeedHealth Health() const;
  FeedCounts Counts() const;

 private:
  void Run(const std::stop_token& stop);
  // True: it is time to read. False: the tick is due, it is time to wake sessions, or the thread
  // shall stop.
  bool WaitForWork(const std::stop_token& stop);
  void ReadStore();
  void WakeSome();
  bool AskedToRead() const;
  void SayNewLife() REQUIRES(mu_);
  // Two endpoints that have seen what the store does not have are a store that was rolled back
  // together with this broker. True: a new life was begun.
  Result<bool> BelieveEndpoints(const std::vector<Hub::Claim>& claims);
  void Hear(Topic topic, std::int64_t number);
  void Ask(Topic topic);

  using Steady = std::chrono::steady_clock;

  const FeedConfig config_;
  const Store& store_;
  Bus& bus_;
  Hub& hub_;
  const Clock& clock_;
  const Applied on_applied_;

  // How far those are that the hub has not woken at once.
  enum class Pass { kNone, kGathering, kWaking };

  // The thread's own.
  Pass pass_ = Pass::kNone;
  Steady::time_point pass_began_{};
  Steady::time_point wake_at_{};  // unless kNone
  Reader reader_;
  Backoff backoff_;
  Steady::time_point last_read_{};
  Steady::time_point next_read_{};  // by itself
  Steady::time_point
      not_before_{};  // back-off: nothing that is heard makes a failing store answer sooner
  Steady::time_point tick_{};                        // when the hub's tick is due
  Steady::time_point next_head_{};                   // when the heads are compared
  std::map<std::string, Steady::time_point> ahead_;  // endpoints that stayed ahead, since when
  std::optional<Steady::time_point> believed_;       // when endpoints were believed last

  // What was applied, for the bus's thread.
  std::atomic<Sequence> applied_{0};
  std::atomic<JournalVersion> journal_{0};
  std::atomic<Sequence> heard_{0};
  std::atomic<std::uint64_t> new_lives_{0};

  mutable Mutex mu_;
  CondVar changed_;
  bool asked_log_ GUARDED_BY(mu_) = false;
  bool asked_journal_ GUARDED_BY(mu_) = false;
  std::optional<TimePoint> reading_since_ GUARDED_BY(mu_);
  Steady::time_point answered_ GUARDED_BY(mu_){};  // the store, last
  std::optional<TimePoint> failing_since_ GUARDED_BY(mu_);
  std::string failure_ GUARDED_BY(mu_);
  std::string history_ GUARDED_BY(mu_);  // what Health() says of a change of history

  Subscription ear_;
  Subscription behind_;
  std::jthread thread_;  // last: the first to go
};

}  // namespace wardcast
