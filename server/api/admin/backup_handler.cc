#include "server/api/admin/backup_handler.h"

#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include "base/log.h"
#include "base/proto_time.h"

namespace wardcast {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kLongestPath = 4'000;

Result<fs::path> Named(const std::string& file) {
  const bool plain = std::ranges::all_of(file, [](char c) { return c != '\0'; });
  if (!plain || file.size() > kLongestPath || !fs::path(file).is_absolute()) {
    return Invalid({{"file", "must be an absolute path on the broker's machine, or empty"}});
  }
  return fs::path(file);
}

Result<fs::path> Default(const BackupPlace& place, TimePoint now) {
  if (mkdir(place.folder.c_str(), 0700) != 0 && errno != EEXIST) {
    return Fail(Code::kUnavailable,
                "the folder " + place.folder.string() + " cannot be made: " + std::strerror(errno));
  }
  return place.folder / ("wardcast-" + FileStamp(now) + place.suffix);
}

}  // namespace

Result<v1::BackupResponse> BackupHandler::Backup(const CallContext&,
                                                 const v1::BackupRequest& request) {
  const auto file = request.file().empty() ? Default(place_, clock_.Now()) : Named(request.file());
  if (!file) return std::unexpected(file.error());
  {
    const MutexLock lock(mu_);
    if (busy_) return Fail(Code::kUnavailable, "another backup is being made; try again later");
    busy_ = true;
  }
  SPDLOG_INFO("backup to {} begins", LogSafe(file->string()));
  const auto bytes = store_.Backup(*file);
  {
    const MutexLock lock(mu_);
    busy_ = false;
  }
  if (!bytes) {
    SPDLOG_WARN("backup to {} failed: {}", LogSafe(file->string()), LogSafe(bytes.error().message));
    return std::unexpected(bytes.error());
  }
  SPDLOG_INFO("backup to {} is complete: {} bytes", LogSafe(file->string()), *bytes);
  v1::BackupResponse response;
  response.set_file(file->string());
  response.set_bytes(static_cast<std::int64_t>(*bytes));
  return response;
}

}  // namespace wardcast
