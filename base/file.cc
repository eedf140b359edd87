#include "base/file.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

namespace wardcast {
namespace {

// Closes a descriptor at the end of its scope.
class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor() {
    if (fd_ >= 0) close(fd_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return fd_; }

 private:
  int fd_;
};

std::unexpected<Error> Errno(Code code, const std::filesystem::path& path, int error) {
  return Fail(code, path.string() + ": " + std::strerror(error));
}

}  // namespace

Result<std::string> ReadFile(const std::filesystem::path& path, std::size_t limit) {
  const Descriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.get() < 0)
    return Errno(errno == ENOENT ? Code::kNotFound : Code::kUnavailable, path, errno);
  std::string content;
  std::array<char, 65536> buffer;
  for (;;) {
    const ssize_t size = read(file.get(), buffer.data(), buffer.size());
    if (size < 0 && errno == EINTR) continue;
    if (size < 0) return Errno(Code::kUnavailable, path, errno);
    if (size == 0) return content;
    content.append(buffer.data(), static_cast<std::size_t>(size));
    if (content.size() > limit) {
      return Fail(Code::kInvalidArgument,
                  path.string() + ": larger than " + std::to_string(limit) + " bytes");
    }
  }
}

Result<void> WriteSecretFile(const std::filesystem::path& path, std::string_view content) {
  const std::filesystem::path temporary = path.string() + ".new";
  {
    const Descriptor file(open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
    if (file.get() < 0) return Errno(Code::kUnavailable, temporary, errno);
    while (!content.empty()) {
      const ssize_t size = write(file.get(), content.data(), content.size());
      if (size < 0 && errno == EINTR) continue;
      if (size < 0) return Errno(Code::kUnavailable, temporary, errno);
      content.remove_prefix(static_cast<std::size_t>(size));
    }
    if (fsync(file.get()) != 0) return Errno(Code::kUnavailable, temporary, errno);
  }
  if (rename(temporary.c_str(), path.c_str()) != 0) return Errno(Code::kUnavailable, path, errno);
  return {};
}

int SyncToDisk(const std::filesystem::path& path) {
  const Descriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC));
  return file.get() >= 0 && fsync(file.get()) == 0 ? 0 : errno;
}

}  // namespace wardcast
