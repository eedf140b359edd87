// What is kept of who did what. Entries are committed in groups by one thread, so a burst of them
// is one transaction.
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <string>
#include <thread>

#include "base/clock.h"
#include "base/mutex.h"
#include "server/store/people/people_store.h"

namespace wardcast {

struct AuditLogConfig {
  std::string broker_id;
  // Entries that wait while the store does not answer. Of refusals the rest is counted, not kept;
  // what was done is always kept.
  std::size_t refusals = 1'000;
  std::size_t capacity = 100'000;
  // Record waits so long for the commit; the entry is kept and committed later all the same.
  std::chrono::milliseconds patience{2'000};
  std::chrono::milliseconds try_again_after{1'000};
};

// Threads: own thread `audit` commits; all functions from any.
class AuditLog {
 public:
  // `people` and `clock` must outlive this object. nullptr: keeps nothing.
  AuditLog(AuditLogConfig config, PeopleStore* people, const Clock& clock);
  // Commits what waits, unless the store fails.
  ~AuditLog();
  AuditLog(const AuditLog&) = delete;
  AuditLog& operator=(const AuditLog&) = delete;

  // Something was done. Returns when it is committed, or after `patience`. May block: not from a
  // front door's thread. `at` is filled in.
  void Record(AuditEntry entry);
  // The same without waiting.
  void Keep(AuditEntry entry);
  // Something was refused. Never blocks.
  void NoteRefusal(AuditEntry entry);

  // Entries that wait for a store that does not answer, and since when; empty: none wait for long.
  std::string Trouble() const;

 private:
  std::uint64_t Add(AuditEntry entry);
  void Run();
  void Commit();

  const AuditLogConfig config_;
  PeopleStore* const people_;
  const Clock& clock_;
  mutable Mutex mu_;
  CondVar added_;
  CondVar committed_;
  std::deque<AuditEntry> waiting_ GUARDED_BY(mu_);
  std::uint64_t last_added_ GUARDED_BY(mu_) = 0;
  std::uint64_t last_committed_ GUARDED_BY(mu_) = 0;
  std::uint64_t uncounted_ GUARDED_BY(mu_) = 0;  // refusals for which there was no room
  std::string failure_ GUARDED_BY(mu_);          // why the last commit failed; empty: it did not
  bool stopping_ GUARDED_BY(mu_) = false;
  std::jthread thread_;  // last: it uses everything above
};

}  // namespace wardcast
