// Stands between a program and its disk (LD_PRELOAD): while the file BAD_DISK_SWITCH exists, every
// write to a file named wardcast.db… fails with the error number that stands in it.
#include <dlfcn.h>
#include <fcntl.h>
#include <sys/types.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace {

// 0: the disk is fine.
int WhatIsWrong(int fd) {
  const char* name = std::getenv("BAD_DISK_SWITCH");
  if (!name || access(name, F_OK) != 0) return 0;
  std::array<char, 64> link{};
  std::snprintf(link.data(), link.size(), "/proc/self/fd/%d", fd);
  std::array<char, 4096> path{};
  if (readlink(link.data(), path.data(), path.size() - 1) < 0) return 0;
  if (!std::strstr(path.data(), "/wardcast.db")) return 0;
  const int file = open(name, O_RDONLY | O_CLOEXEC);
  if (file < 0) return 0;
  std::array<char, 16> number{};
  const ssize_t got = read(file, number.data(), number.size() - 1);
  close(file);
  return got > 0 ? std::atoi(number.data()) : 0;
}

template <class Function>
Function* Next(const char* name) {
  return reinterpret_cast<Function*>(dlsym(RTLD_NEXT, name));
}

}  // namespace

extern "C" {

ssize_t pwrite64(int fd, const void* data, std::size_t size, off64_t at) {
  static auto* const kNext = Next<ssize_t(int, const void*, std::size_t, off64_t)>("pwrite64");
  if (const int error = WhatIsWrong(fd)) return errno = error, -1;
  return kNext(fd, data, size, at);
}

ssize_t pwrite(int fd, const void* data, std::size_t size, off_t at) {
  static auto* const kNext = Next<ssize_t(int, const void*, std::size_t, off_t)>("pwrite");
  if (const int error = WhatIsWrong(fd)) return errno = error, -1;
  return kNext(fd, data, size, at);
}

ssize_t write(int fd, const void* data, std::size_t size) {
  static auto* const kNext = Next<ssize_t(int, const void*, std::size_t)>("write");
  if (const int error = WhatIsWrong(fd)) return errno = error, -1;
  return kNext(fd, data, size);
}

int ftruncate64(int fd, off64_t size) {
  static auto* const kNext = Next<int(int, off64_t)>("ftruncate64");
  if (const int error = WhatIsWrong(fd)) return errno = error, -1;
  return kNext(fd, size);
}

}  // extern "C"
