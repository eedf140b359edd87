// Whoever has signed in by the hospital's directory is looked up there again while the session
// lasts: somebody who was disabled there this morning must not publish this afternoon.
#pragma once

#include <chrono>
#include <string>
#include <thread>

#include "base/clock.h"
#include "base/mutex.h"
#include "server/access/audit/audit_log.h"
#include "server/access/authenticator.h"
#include "server/access/people/people_directory.h"
#include "server/store/people/people_store.h"

namespace wardcast {

struct DirectoryWatchConfig {
  std::chrono::milliseconds look_every{std::chrono::minutes(15)};
};

// Gone, disabled, or in no group that gives a role: the sessions end, and the audit trail says so.
// Other groups: the roles follow. A directory that does not answer ends nobody's session.
//
// Threads: own thread `directory` from the constructor to Stop(), which joins; functions from any.
class DirectoryWatch {
 public:
  // All must outlive it.
  DirectoryWatch(DirectoryWatchConfig config, PeopleStore& people, PeopleDirectory& directory,
                 Authenticator& authenticator, AuditLog& audit, const Clock& clock);
  ~DirectoryWatch() { Stop(); }
  DirectoryWatch(const DirectoryWatch&) = delete;
  DirectoryWatch& operator=(const DirectoryWatch&) = delete;

  // Waits for the question that is under way (LdapConfig::answer_timeout). Idempotent.
  void Stop();

 private:
  void Run();
  void LookAtAll();
  // False: the directory does not answer.
  bool LookAt(const v1::Account& account);
  void Leave(const v1::Account& account, const std::string& why);
  bool stopping() const {
    const MutexLock lock(mu_);
    return stopping_;
  }

  const DirectoryWatchConfig config_;
  PeopleStore& people_;
  PeopleDirectory& directory_;
  Authenticator& authenticator_;
  AuditLog& audit_;
  const Clock& clock_;
  mutable Mutex mu_;
  CondVar stop_;
  bool stopping_ GUARDED_BY(mu_) = false;
  std::jthread thread_;  // last: it uses everything above
};

}  // namespace wardcast
