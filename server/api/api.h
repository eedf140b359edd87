// Everything behind the front doors, wired: handlers, the table of methods, the live operations.
#pragma once

#include <memory>
#include <string>

#include "base/clock.h"
#include "base/signature.h"
#include "server/access/audit/audit_log.h"
#include "server/access/authenticator.h"
#include "server/access/directory_watch.h"
#include "server/access/people/password.h"
#include "server/access/people/people_directory.h"
#include "server/access/sign_in.h"
#include "server/api/admin/backup_handler.h"
#include "server/api/alerts/commit.h"
#include "server/api/enrolment/enrolment_handler.h"
#include "server/api/method_table.h"
#include "server/api/progress_watch.h"
#include "server/api/system_handler.h"
#include "server/api/work_queue.h"
#include "server/bus/bus.h"
#include "server/feed/hub.h"
#include "server/journal/journal.h"
#include "server/store/store.h"

namespace wardcast {

// What the API works with; everything must outlive it.
struct ApiParts {
  Store& store;
  Bus& bus;
  Hub& hub;
  Journal& journal;
  Authenticator& authenticator;
  const HealthSource& health;
  const SigningKey& signing_key;
  const Clock& clock;
  std::string version;
  BackupPlace backups = {};
  // nullptr: plain text, without certificates.
  const EnrolmentParts* enrolment = nullptr;
  PasswordCost password_cost = {};
  // nullptr: there are only local accounts.
  PeopleDirectory* directory = nullptr;
  DirectoryWatchConfig directory_watch = {};
};

// Threads: all functions from any.
class Api {
 public:
  // The store must keep people (Store::people).
  explicit Api(const ApiParts& parts);
  ~Api();

  MethodTable& methods();
  ProgressWatch& live();
  WorkQueue& work();
  // For the clock's steps.
  AlertCommit& commit();
  SignInDesk& desk();
  AuditLog& audit();

  // What a fresh installation knows comes into a store whose directory was never imported
  // (DirectoryWriter::BringShipped). Call it once the feed runs and before calls come.
  void BringShippedCatalogue();

  // Answers what is queued, then stops the work threads; later calls are refused with kUnavailable.
  void Stop();

 private:
  struct Handlers;
  std::unique_ptr<Handlers> handlers_;
};

}  // namespace wardcast
