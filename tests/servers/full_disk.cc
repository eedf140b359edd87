#include "tests/servers/full_disk.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <sys/types.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace {

std::atomic<bool> full{false};

// Called inside of write(): no memory is allocated here.
bool IsFull(int fd) {
  if (!full.load(std::memory_order_relaxed)) {
    static const char* const kFlag = std::getenv("WARDCAST_FULL_DISK");
    if (kFlag == nullptr || access(kFlag, F_OK) != 0) return false;
  }
  char link[64];
  char path[4096];
  std::snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  const ssize_t size = readlink(link, path, sizeof path - 1);
  if (size <= 0) return false;
  path[size] = '\0';
  return std::strstr(path, "wardcast.db") != nullptr;
}

// The function of this name that would have been called without us.
template <class Function>
Function* Real(const char* name) {
  return reinterpret_cast<Function*>(dlsym(RTLD_NEXT, name));
}

}  // namespace

namespace wardcast::testing {

void SetDiskFull(bool is_full) { full = is_full; }

}  // namespace wardcast::testing

extern "C" {

ssize_t pwrite64(int fd, const void* data, size_t size, off64_t at) {
  static auto* const kReal = Real<ssize_t(int, const void*, size_t, off64_t)>("pwrite64");
  if (!IsFull(fd)) return kReal(fd, data, size, at);
  errno = ENOSPC;
  return -1;
}

ssize_t pwrite(int fd, const void* data, size_t size, off_t at) {
  static auto* const kReal = Real<ssize_t(int, const void*, size_t, off_t)>("pwrite");
  if (!IsFull(fd)) return kReal(fd, data, size, at);
  errno = ENOSPC;
  return -1;
}

ssize_t write(int fd, const void* data, size_t size) {
  static auto* const kReal = Real<ssize_t(int, const void*, size_t)>("write");
  if (!IsFull(fd)) return kReal(fd, data, size);
  errno = ENOSPC;
  return -1;
}

}  // extern "C"
