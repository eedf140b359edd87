// Receipts and acknowledgements, committed in groups and confirmed after the commit.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include "base/clock.h"
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
  std::string broker_id;
};

// Threads: own thread `journal`; all functions from any.
class Journal {
 public:
  Journal(JournalConfig config, Store& store, Bus& bus, const Clock& clock);
  ~Journal();  // commits what is queued, then stops

  // Queues the rows. `done` runs on the journal's thread, after the commit (or its failure); it
  // must not block. Returns kResourceExhausted (then `done` is not called) if the queue is full.
  Result<void> Add(std::vector<ReceiptRow> receipts, std::vector<AnswerRow> answers,
                   std::function<void(Result<void>)> done);
};

}  // namespace wardcast
