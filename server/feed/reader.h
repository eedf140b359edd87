// Brings the hub to where the store is: the journal's new answers and the log's new entries,
// strictly in order.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "server/feed/hub.h"
#include "server/store/store.h"

namespace wardcast {

// Threads: one at a time (the feed's). Blocks as long as the store does.
class Reader {
 public:
  // `between` is called after each answer of the store, so that a slow store does not hold up
  // heartbeats. `seal` signs what a new life of the log signs anew.
  Reader(Store& store, Hub& hub, const Clock& clock, SealAlert seal, std::function<void()> between);

  // Everything from the store, in place of what the hub had.
  Result<void> Load();

  // The store's history is not the one that endpoints know (`found` says how that shows, for a
  // person): takes a new generation, unless another broker was faster, and loads everything. After
  // an error call it again: no second generation is taken.
  Result<void> BeginNewLife(std::string found);

  // What was committed since. After an error everything before it was applied, and the next call
  // goes on from there. True: the store's history is not the one that was applied (restored, rolled
  // back, copied), and a new life was begun; `history_break` says what was found.
  // Look::kAtHead: also compares the heads of log and journal, and learns of a generation that
  // another broker took.
  enum class Look { kForward, kAtHead };
  Result<bool> Read(Look look);

  Sequence applied() const { return applied_; }
  JournalVersion journal() const { return journal_; }
  const std::string& history_break() const { return history_break_; }
  // The head of the store when it was last looked at; all of it is applied. For whoever remembers
  // what this broker has seen.
  const LogHead& head() const { return head_; }

 private:
  Result<bool> Reload(std::string found);
  // Empty: the head that the store has agrees with what was applied.
  Result<std::string> CompareHead();
  // Entries after `applied_`, preceded by the one at `applied_` itself: the proof that the history
  // is still the same.
  Result<std::vector<LogEntry>> ReadEntries();
  Result<void> Apply(const std::vector<LogEntry>& entries);
  Result<void> ApplyDirectory();

  Store& store_;
  Hub& hub_;
  const Clock& clock_;
  const SealAlert seal_;
  const std::function<void()> between_;
  LogHead head_{.log = {.log_id = {}, .generation = 0}};  // as last looked at
  LogIdentity log_{.log_id = {}, .generation = 0};        // that was loaded
  Sequence applied_ = 0;
  std::string tag_;  // of the entry at applied_
  JournalVersion journal_ = 0;
  std::string journal_tag_;  // of journal_; empty: not known
  std::string history_break_;
};

}  // namespace wardcast
