// A copy of the store while everything goes on, for the administrator of the machine.
#pragma once

#include <filesystem>
#include <string>

#include "base/clock.h"
#include "base/mutex.h"
#include "base/result.h"
#include "server/store/store.h"
#include "wardcast/v1/admin_service.pb.h"

namespace wardcast {

struct CallContext;

// Where a backup goes if nobody says where.
struct BackupPlace {
  std::filesystem::path folder;  // made with mode 0700
  std::string suffix = ".db";    // ".dump" with PostgreSQL
};

// Threads: any; blocks as long as the copy takes.
class BackupHandler {
 public:
  // Both must outlive the handler.
  BackupHandler(BackupPlace place, Store& store, const Clock& clock)
      : place_(std::move(place)), store_(store), clock_(clock) {}

  // AdminService.Backup. kUnavailable: another one is being made.
  Result<v1::BackupResponse> Backup(const CallContext& context, const v1::BackupRequest& request);

 private:
  const BackupPlace place_;
  Store& store_;
  const Clock& clock_;
  Mutex mu_;
  bool busy_ GUARDED_BY(mu_) = false;
};

}  // namespace wardcast
