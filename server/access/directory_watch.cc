#include "server/access/directory_watch.h"

#include <utility>

#include "base/log.h"
#include "base/named_thread.h"
#include "server/access/people/person.h"

namespace wardcast {

DirectoryWatch::DirectoryWatch(DirectoryWatchConfig config, PeopleStore& people,
                               PeopleDirectory& directory, Authenticator& authenticator,
                               AuditLog& audit, const Clock& clock)
    : config_(config),
      people_(people),
      directory_(directory),
      authenticator_(authenticator),
      audit_(audit),
      clock_(clock),
      thread_(StartThread("directory", [this](const std::stop_token&) { Run(); })) {}

void DirectoryWatch::Stop() {
  {
    const MutexLock lock(mu_);
    stopping_ = true;
  }
  stop_.NotifyAll();
  if (thread_.joinable()) thread_.join();
}

void DirectoryWatch::Run() {
  for (;;) {
    {
      const MutexLock lock(mu_);
      if (!stopping_) stop_.WaitFor(mu_, config_.look_every);
      if (stopping_) return;
    }
    LookAtAll();
  }
}

void DirectoryWatch::LookAtAll() {
  const auto signed_in = people_.ListSignedIn(clock_.Now());
  if (!signed_in) return;
  for (const AccountRow& row : *signed_in) {
    if (!row.account.from_directory()) continue;
    if (stopping() || !LookAt(row.account)) return;
  }
}

bool DirectoryWatch::LookAt(const v1::Account& account) {
  const auto person = directory_.Find(account.name());
  if (!person && person.error().code == Code::kUnavailable) return false;
  if (!person) {
    Leave(account, person.error().message);
    return true;
  }
  if (person->assignments.empty()) {
    Leave(account, "no group of the directory gives a role any more");
    return true;
  }
  v1::Account now = FromDirectory(account.name(), *person);
  now.set_disabled(account.disabled());
  if (now.SerializeAsString() == account.SerializeAsString()) return true;
  if (auto put = people_.PutAccount(now, clock_.Now()); !put) return true;
  authenticator_.Forget(account.name());
  audit_.Keep({.who = "directory",
               .what = "directory-changed",
               .subject = account.name(),
               .detail = "the roles follow the groups of the directory"});
  return true;
}

// The account stays, with its authenticator, for the day on which they come back; without roles, so
// that it counts as nobody's administrator.
void DirectoryWatch::Leave(const v1::Account& account, const std::string& why) {
  v1::Account empty = account;
  empty.clear_assignments();
  const auto put = people_.PutAccount(empty, clock_.Now());
  const auto ended = people_.EndSessions(account.name(), "");
  authenticator_.EndAccount(account.name());
  if (!put || !ended)
    SPDLOG_WARN("directory: sessions of somebody who left end with the next look");
  audit_.Keep({.who = "directory",
               .what = "directory-gone",
               .subject = account.name(),
               .detail = "the sessions were ended: " + why});
}

}  // namespace wardcast
