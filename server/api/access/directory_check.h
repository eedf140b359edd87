// What the hospital's directory answers, for the administrator of the machine.
#pragma once

#include <functional>

#include "server/access/people/people_directory.h"
#include "server/api/method_table.h"
#include "server/api/work_queue.h"
#include "server/store/people/people_store.h"
#include "wardcast/v1/admin_service.pb.h"

namespace wardcast {

// Threads: any. Waits for the directory on `passwords`, as signing in does.
class DirectoryCheck {
 public:
  // All must outlive it; `passwords` must have stopped before. `directory` nullptr: there is none.
  DirectoryCheck(PeopleDirectory* directory, PeopleStore& people, WorkQueue& passwords)
      : directory_(directory), people_(people), passwords_(passwords) {}

  // AdminService.CheckDirectory.
  void CheckDirectory(const CallContext& context, const v1::CheckDirectoryRequest& request,
                      std::function<void(Result<v1::CheckDirectoryResponse>)> done);

 private:
  Result<v1::CheckDirectoryResponse> Check(const std::string& account);
  Result<void> AddPerson(const std::string& account, v1::CheckDirectoryResponse& response);

  PeopleDirectory* const directory_;
  PeopleStore& people_;
  WorkQueue& passwords_;
};

}  // namespace wardcast
