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
  // heartbeats.
  Reader(Store& store, Hub& hub, const Clock& clock, std::function<void()> between);

  // Everything from the store, in place of what the hub had.
  Result<void> Load();

  // What was committed since. After an error everything before it was applied, and the next call
  // goes on from there. True: the store's history is not the one that was applied (restored, rolled
  // back, copied), and everything was loaded again; `history_break` says what was found.
  Result<bool> Read();

  Sequence applied() const { return applied_; }
  JournalVersion journal() const { return journal_; }
  const std::string& history_break() const { return history_break_; }

 private:
  Result<bool> Reload(std::string found);
  // Entries after `applied_`, preceded by the one at `applied_` itself: the proof that the history
  // is still the same.
  Result<std::vector<LogEntry>> ReadEntries();
  Result<void> Apply(const std::vector<LogEntry>& entries);
  Result<void> ApplyDirectory();

  Store& store_;
  Hub& hub_;
  const Clock& clock_;
  const std::function<void()> between_;
  Sequence applied_ = 0;
  std::string tag_;  // of the entry at applied_
  JournalVersion journal_ = 0;
  std::string history_break_;
};

}  // namespace wardcast
