#include "server/store/sql/folder_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string>
#include <system_error>
#include <utility>

#include "base/file.h"

namespace wardcast {
namespace {

std::unexpected<Error> Unusable(const std::filesystem::path& path, int error) {
  return Fail(Code::kUnavailable,
              "data folder: " + path.string() + ": " + std::strerror(error) +
                  ". Let the broker's user write there, or choose another with --data-dir.");
}

Result<void> MakeFolder(const std::filesystem::path& folder) {
  std::error_code error;
  if (std::filesystem::is_directory(folder, error)) return {};
  if (folder.has_parent_path()) {
    std::filesystem::create_directories(folder.parent_path(), error);
    if (error) return Unusable(folder.parent_path(), error.value());
  }
  if (mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) return Unusable(folder, errno);
  if (!std::filesystem::is_directory(folder, error)) return Unusable(folder, ENOTDIR);
  return {};
}

}  // namespace

Result<FolderLock> FolderLock::Take(const std::filesystem::path& folder) {
  if (auto made = MakeFolder(folder); !made) return std::unexpected(made.error());
  const std::filesystem::path path = folder / "broker.lock";
  const int fd = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (fd < 0) return Unusable(path, errno);
  FolderLock lock(fd);
  if (flock(fd, LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK) return Unusable(path, errno);
    const auto holder = ReadFile(path, 64);
    const std::string pid = holder ? holder->substr(0, holder->find('\n')) : "";
    return Fail(Code::kFailedPrecondition,
                "data folder " + folder.string() + " is in use by another broker (process " +
                    (pid.empty() ? "unknown" : pid) +
                    "). Stop that one, or give this one a folder of its own with --data-dir.");
  }
  const std::string pid = std::to_string(getpid()) + "\n";
  if (ftruncate(fd, 0) != 0 ||
      pwrite(fd, pid.data(), pid.size(), 0) != static_cast<ssize_t>(pid.size())) {
    return Unusable(path, errno);
  }
  return lock;
}

FolderLock::FolderLock(FolderLock&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}

FolderLock::~FolderLock() {
  if (fd_ >= 0) close(fd_);
}

}  // namespace wardcast
