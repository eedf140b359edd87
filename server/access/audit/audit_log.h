// What is kept of who did what. Entries are committed in groups by one thread, so a burst of them
// is one transaction.
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <string>
#include <thread>
#include <vector>

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
  // An entry waits so long for others to be committed with it.
  std::chrono::milliseconds gather_for{5};
};

// Threads: own thread `audit` commits; all functions from any.
class AuditLog {
 public:
  // `people` and `clock` must outlive this object. nullptr: keeps nothing.
  AuditLog(AuditLogConfig config, PeopleStore* people, const Clock& clock);
  ~AuditLog() { Stop(); }
  AuditLog(const AuditLog&) = delete;
  AuditLog& operator=(const AuditLog&) = delete;

  // Something was done. Returns when it is committed, or after `patience`. May block: not from a
  // front door's thread. `at` is filled in.
  void Record(AuditEntry entry);
  // The same without a thread that waits: `done` is called once, when the entry is committed or the
  // store has failed to (it is committed later, then). It runs on `audit`, or within this call if
  // nothing can be committed at the moment; it must not block.
  void RecordThen(AuditEntry entry, std::function<void()> done);
  // The same, and nobody waits.
  void Keep(AuditEntry entry);
  // Something was refused. Never blocks.
  void NoteRefusal(AuditEntry entry);

  // Entries that wait for a store that does not answer, and since when; empty: none wait for long.
  std::string Trouble() const;

  // Commits what waits, unless the store fails, and calls every `done`; entries that come later are
  // lost. Idempotent.
  void Stop();

 private:
  struct Waiting {
    AuditEntry entry;
    std::function<void()> done;  // may be empty
  };

  std::uint64_t Add(AuditEntry entry, std::function<void()> done = {});
  void Run();
  void GatherMore() REQUIRES(mu_);
  void Commit();
  // Of the first `size` that wait.
  std::vector<std::function<void()>> TakeDone(std::size_t size) REQUIRES(mu_);

  const AuditLogConfig config_;
  PeopleStore* const people_;
  const Clock& clock_;
  mutable Mutex mu_;
  CondVar added_;
  CondVar committed_;
  std::deque<Waiting> waiting_ GUARDED_BY(mu_);
  std::uint64_t last_added_ GUARDED_BY(mu_) = 0;
  std::uint64_t last_committed_ GUARDED_BY(mu_) = 0;
  std::uint64_t uncounted_ GUARDED_BY(mu_) = 0;  // refusals for which there was no room
  std::string failure_ GUARDED_BY(mu_);          // why the last commit failed; empty: it did not
  bool stopping_ GUARDED_BY(mu_) = false;
  bool stopped_ GUARDED_BY(mu_) = false;  // nothing is committed any more
  std::jthread thread_;                   // last: it uses everything above
};

}  // namespace wardcast
