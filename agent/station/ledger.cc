#include "agent/station/ledger.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <utility>

#include "base/log.h"

namespace wardcast::agent {

Ledger::~Ledger() {
  if (fd_ >= 0) close(fd_);
}
Ledger::Ledger(Ledger&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
Ledger& Ledger::operator=(Ledger&& other) noexcept {
  std::swap(fd_, other.fd_);
  return *this;
}

Result<Ledger> Ledger::Open(const std::filesystem::path& file) {
  const int fd = open(file.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (fd < 0) return Fail(Code::kUnavailable, file.string() + ": " + std::strerror(errno));
  return Ledger(fd);
}

void Ledger::Write(const Line& line) {
  if (fd_ < 0) return;
  const auto steady = std::chrono::steady_clock::now().time_since_epoch();
  const auto wall = std::chrono::system_clock::now().time_since_epoch();
  // Ids, enum names and our own words: nothing that JSON would have to escape.
  const std::string text = fmt::format(
      R"({{"t":{},"ms":{},"event":"{}","alert":"{}","version":{},"round":{},"detail":"{}"}})"
      "\n",
      std::chrono::nanoseconds(steady).count(),
      std::chrono::duration_cast<std::chrono::milliseconds>(wall).count(), line.event, line.alert,
      line.version, line.round, line.detail);
  if (write(fd_, text.data(), text.size()) != static_cast<ssize_t>(text.size()))
    SPDLOG_ERROR("the ledger cannot be written");
}

}  // namespace wardcast::agent
