#include "server/store/copies/copy.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <functional>

#include "base/file.h"
#include "server/store/copies/postgres_tool.h"
#include "server/store/sql/connection.h"

namespace wardcast {
namespace {

std::unexpected<Error> CannotWrite(const std::filesystem::path& file, int error) {
  if (error == EEXIST)
    return Fail(Code::kAlreadyExists, file.string() + " exists; name another file");
  if (error == ENOSPC || error == EDQUOT) {
    return Fail(Code::kResourceExhausted,
                file.string() + ": the disk is full; no backup was made. Free space on it.");
  }
  return Fail(Code::kUnavailable, file.string() + ": " + std::strerror(error) +
                                      ". Let the broker's user write there, or name another file.");
}

// Fills a new file beside `file` by `fill`, and gives it its name.
Result<std::uint64_t> WriteCopy(
    const std::filesystem::path& file,
    const std::function<Result<void>(const std::filesystem::path& part)>& fill) {
  struct stat status{};
  if (stat(file.c_str(), &status) == 0) return CannotWrite(file, EEXIST);
  const std::filesystem::path part = file.string() + ".part";
  unlink(part.c_str());  // of a broker that ended on its way
  const int fd = open(part.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (fd < 0) return CannotWrite(file, errno);
  close(fd);
  Result<void> filled = fill(part);
  int error = 0;
  if (filled) {
    error = SyncToDisk(part);
    if (error == 0 && stat(part.c_str(), &status) != 0) error = errno;
    // link() does not replace, rename() would.
    if (error == 0 && link(part.c_str(), file.c_str()) != 0) error = errno;
    if (error == 0) error = SyncToDisk(file.has_parent_path() ? file.parent_path() : ".");
  }
  unlink(part.c_str());
  unlink((part.string() + "-journal").c_str());
  if (!filled) return std::unexpected(filled.error());
  if (error != 0) return CannotWrite(file, error);
  return static_cast<std::uint64_t>(status.st_size);
}

}  // namespace

Result<std::uint64_t> CopySqlite(const std::filesystem::path& database,
                                 const std::filesystem::path& file,
                                 std::chrono::milliseconds timeout) {
  return WriteCopy(file, [&](const std::filesystem::path& part) -> Result<void> {
    auto connection = Connection::OpenSqlite(database, timeout);
    if (!connection) return std::unexpected(connection.error());
    try {
      (*connection)->Execute("VACUUM INTO :file", part.string());
    } catch (const std::exception& exception) {
      return std::unexpected(Explain(exception, "backup of " + database.string()).error);
    }
    return {};
  });
}

Result<std::uint64_t> DumpPostgresql(const std::string& conninfo,
                                     const std::filesystem::path& file) {
  return WriteCopy(file, [&](const std::filesystem::path& part) {
    return RunPostgresTool(
        "pg_dump", {"--format=custom", "--no-owner", "--no-privileges", "--file=" + part.string()},
        conninfo);
  });
}

}  // namespace wardcast
