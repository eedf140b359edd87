// Writes down which endpoints are connected to this broker, so that every broker and every later
// life knows who was seen, and when.
#pragma once

#include <chrono>
#include <map>
#include <string>
#include <thread>
#include <unordered_map>

#include "base/clock.h"
#include "base/mutex.h"
#include "server/feed/hub.h"
#include "server/store/store.h"

namespace wardcast {

struct PresenceRecorderConfig {
  std::string broker_id;  // kept over restarts
  // What changed is collected for so long: 10,000 PCs that come back are a few transactions.
  std::chrono::milliseconds write_every{2'000};
  // Without a change the broker's own sign of life is written this often.
  std::chrono::milliseconds sign_of_life_every{10'000};
  // Rows of one transaction: the journal waits for it.
  std::size_t rows_at_once = 1'000;
};

// Threads: own thread `presence`; Stop from any.
class PresenceRecorder {
 public:
  // All must outlive this object.
  PresenceRecorder(PresenceRecorderConfig config, Store& store, Hub& hub, const Clock& clock);
  ~PresenceRecorder() { Stop(); }

  // Writes what is left and ends the thread. Idempotent.
  void Stop();

 private:
  using Steady = std::chrono::steady_clock;

  void Run();
  void Collect();
  // False: the store did not take it; everything is kept for the next time.
  bool Write();

  const PresenceRecorderConfig config_;
  Store& store_;
  Hub& hub_;
  const Clock& clock_;

  // The thread's own.
  std::unordered_map<std::string, PresenceRow> known_;  // connected ones, as written
  std::map<std::string, PresenceRow> pending_;          // what is to be written, by endpoint id
  bool started_ = true;                                 // nothing was written yet
  bool said_failed_ = false;
  Steady::time_point written_{};

  Mutex mu_;
  CondVar changed_;
  bool stopping_ GUARDED_BY(mu_) = false;
  std::jthread thread_;
};

// A change as the store keeps it; `before`: the row that was written last, if there is one.
PresenceRow ToRow(const PresenceChange& change, const PresenceRow* before);

}  // namespace wardcast
