// Receipts and acknowledgements, committed in groups and confirmed after the commit.
#pragma once

#include <chrono>
#include <functional>
#include <span>
#include <string>
#include <thread>
#include <vector>

#include "base/clock.h"
#include "base/mutex.h"
#include "base/result.h"
#include "server/bus/bus.h"
#include "server/store/store.h"

namespace wardcast {

struct JournalConfig {
  // How long the first row of a group waits for company. Chosen by measurement; 5 … 50 ms.
  std::chrono::milliseconds gather{10};
  // A group is committed at once when it has so many rows.
  std::size_t group_rows = 500;
  // Rows waiting; more is kResourceExhausted, not a wait.
  std::size_t queue_rows = 20'000;
  // What those are told who find it full.
  std::chrono::milliseconds retry_after{1'000};
  std::string broker_id = {};
};

// Publishes Topic::kJournal after a commit that added something, before `done` runs.
// Threads: own thread `journal`; all functions from any.
class Journal {
 public:
  // `store`, `bus` and `clock` must outlive this object.
  Journal(JournalConfig config, Store& store, Bus& bus, const Clock& clock);
  ~Journal();  // commits what is queued, then stops
  Journal(const Journal&) = delete;
  Journal& operator=(const Journal&) = delete;

  // Queues the rows. `done` runs on the journal's thread, after the commit (or its failure); it
  // must not block. Returns kResourceExhausted, with the time to try again (then `done` is not
  // called), if the queue is full.
  // Rows of one call are committed together. A row that the store refuses fails the call that
  // brought it, not its neighbours in the group: those are committed in halves without it.
  Result<void> Add(std::vector<ReceiptRow> receipts, std::vector<AnswerRow> answers,
                   std::function<void(Result<void>)> done);

  // Whose progress rows are counted up.
  const std::string& broker_id() const { return config_.broker_id; }

  // Rows that wait for the next commit; for the metrics.
  std::size_t QueuedRows() const;

 private:
  // One call of Add().
  struct Item {
    std::vector<ReceiptRow> receipts;
    std::vector<AnswerRow> answers;
    std::function<void(Result<void>)> done;
    std::chrono::steady_clock::time_point arrived;
    // What it counts for in the queue; at least 1, so that empty calls are bounded too.
    std::size_t Rows() const;
  };
  using Group = std::vector<Item>;

  void Run();
  // Blocks until a group is due; empty: stopped, and nothing is left.
  Group NextGroup();
  void Commit(std::span<Item> group);
  // One transaction for all rows of `group`; publishes if it added something.
  Result<void> Record(std::span<const Item> group);

  const JournalConfig config_;
  Store& store_;
  Bus& bus_;
  const Clock& clock_;
  JournalVersion published_ = 0;  // of the journal's thread

  mutable Mutex mu_;
  CondVar changed_;
  Group queue_ GUARDED_BY(mu_);
  std::size_t queued_rows_ GUARDED_BY(mu_) = 0;
  bool stopping_ GUARDED_BY(mu_) = false;

  std::jthread thread_;  // last: it uses all of the above
};

}  // namespace wardcast
