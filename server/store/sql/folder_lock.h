// One broker a data folder.
#pragma once

#include <filesystem>

#include "base/result.h"

namespace wardcast {

// Holds DATA_DIR/broker.lock; the lock ends with this object or with the process, however that
// ends.
class FolderLock {
 public:
  // Makes the folder (0700) if it is not there. kFailedPrecondition: another process holds it; the
  // message names it. kUnavailable: the folder cannot be made or written.
  static Result<FolderLock> Take(const std::filesystem::path& folder);

  FolderLock(FolderLock&& other) noexcept;
  FolderLock& operator=(FolderLock&&) = delete;
  ~FolderLock();

 private:
  explicit FolderLock(int fd) : fd_(fd) {}
  int fd_;
};

}  // namespace wardcast
