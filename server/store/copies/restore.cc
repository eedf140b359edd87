#include "server/store/copies/restore.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstring>
#include <fstream>
#include <map>
#include <string_view>

#include "base/file.h"
#include "base/proto_time.h"
#include "server/store/copies/copy.h"
#include "server/store/copies/postgres_tool.h"
#include "server/store/sql/connection.h"
#include "server/store/sql/folder_lock.h"
#include "server/store/sql/place.h"
#include "server/store/sql/schema.h"

namespace wardcast {
namespace {

constexpr const char* kDatabaseFiles[] = {"wardcast.db-wal", "wardcast.db-shm", "wardcast.db"};

// Sets in motion what notices a restored store at the next start.
std::string MarkRestored() {
  return std::string("INSERT INTO meta (name, value) VALUES ('place', '") + kRestoredPlace +
         "') ON CONFLICT (name) DO UPDATE SET value = excluded.value";
}

std::unexpected<Error> DiskSays(const std::filesystem::path& path, int error) {
  return Fail(error == ENOSPC ? Code::kResourceExhausted : Code::kUnavailable,
              path.string() + ": " + std::strerror(error));
}

// A small transaction of files: removed unless it was put in place.
struct Scratch {
  std::filesystem::path path;
  ~Scratch() {
    std::error_code ignored;
    for (const char* suffix : {"", "-wal", "-shm", "-journal"})
      std::filesystem::remove(path.string() + suffix, ignored);
  }
};

Result<RestoredStore> FromMeta(const std::map<std::string, std::string>& meta,
                               const std::filesystem::path& file) {
  const auto number = [&](const char* name) {
    std::int64_t value = 0;
    const auto found = meta.find(name);
    if (found != meta.end())
      std::from_chars(found->second.data(), found->second.data() + found->second.size(), value);
    return value;
  };
  RestoredStore restored;
  restored.schema = static_cast<int>(number("schema"));
  restored.log.generation = number("generation");
  if (const auto id = meta.find("log_id"); id != meta.end()) restored.log.log_id = id->second;
  if (restored.schema < 1 || restored.log.log_id.empty())
    return Fail(Code::kInvalidArgument, file.string() + " is not a Wardcast store");
  if (restored.schema > kSchemaVersion) {
    return Fail(Code::kFailedPrecondition,
                file.string() + ": its schema has version " + std::to_string(restored.schema) +
                    ", this program knows versions up to " + std::to_string(kSchemaVersion) +
                    ". Restore it with a newer wardcastd.");
  }
  return restored;
}

Result<RestoredStore> InspectSqlite(Connection& connection, const std::filesystem::path& file) {
  const std::string found =
      std::get<0>(connection.Read<std::string>("PRAGMA integrity_check(1)").at(0));
  if (found != "ok") {
    return Fail(Code::kDataLoss,
                file.string() + " is damaged: " + found.substr(0, 200) + ". Take another backup.");
  }
  if (std::get<0>(connection
                      .Read<std::int64_t>("SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' "
                                          "AND name IN ('meta', 'log_head', 'alert')")
                      .at(0)) != 3) {
    return Fail(Code::kInvalidArgument, file.string() + " is not a Wardcast store");
  }
  std::map<std::string, std::string> meta;
  for (const auto& [name, value] :
       connection.Read<std::string, std::string>("SELECT name, value FROM meta"))
    meta[name] = value;
  auto restored = FromMeta(meta, file);
  if (!restored) return restored;
  restored->sequence =
      std::get<0>(connection.Read<std::int64_t>("SELECT sequence FROM log_head").at(0));
  connection.Execute(MarkRestored());
  connection.Read<std::int64_t, std::int64_t, std::int64_t>("PRAGMA wal_checkpoint(TRUNCATE)");
  return restored;
}

bool BeginsLikeSqlite(const std::filesystem::path& file) {
  char magic[16] = {};
  std::ifstream(file, std::ios::binary).read(magic, sizeof magic);
  return std::string_view(magic, sizeof magic) == std::string_view("SQLite format 3\0", 16);
}

Result<void> CopyBytes(const std::filesystem::path& from, const std::filesystem::path& to) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(from, error))
    return Fail(Code::kNotFound, from.string() + ": no such file");
  std::filesystem::copy_file(from, to, error);
  if (error) return DiskSays(to, error.value());
  if (chmod(to.c_str(), 0600) != 0) return DiskSays(to, errno);
  return {};
}

// Moves the database away with its log, which must never meet another database.
Result<std::filesystem::path> SetAside(const std::filesystem::path& folder, TimePoint now) {
  std::error_code error;
  if (!std::filesystem::exists(folder / "wardcast.db", error)) return std::filesystem::path();
  const std::filesystem::path aside = folder / ("before-restore-" + FileStamp(now));
  if (mkdir(aside.c_str(), 0700) != 0) return DiskSays(aside, errno);
  for (const char* name : kDatabaseFiles) {
    if (!std::filesystem::exists(folder / name, error)) continue;
    std::filesystem::rename(folder / name, aside / name, error);
    if (error) return DiskSays(folder / name, error.value());
  }
  return aside;
}

Result<RestoredStore> RestoreSqlite(const StoreConfig& config, const std::filesystem::path& file,
                                    TimePoint now) {
  const std::filesystem::path& folder = config.data_dir;
  const auto lock = FolderLock::Take(folder);
  if (!lock) return std::unexpected(lock.error());
  const Scratch fresh{folder / "restoring.db"};
  std::error_code ignored;
  std::filesystem::remove(fresh.path, ignored);
  if (auto copied = CopyBytes(file, fresh.path); !copied) return std::unexpected(copied.error());
  Result<RestoredStore> restored;
  {
    auto connection = Connection::OpenSqlite(fresh.path, config.timeout);
    if (!connection) {
      if (connection.error().code != Code::kDataLoss) return std::unexpected(connection.error());
      if (BeginsLikeSqlite(fresh.path))
        return Fail(Code::kDataLoss, file.string() + " is damaged. Take another backup.");
      return Fail(Code::kInvalidArgument, file.string() + " is not a database of SQLite");
    }
    try {
      restored = InspectSqlite(**connection, file);
    } catch (const std::exception& exception) {
      return Fail(Code::kDataLoss,
                  file.string() + " is damaged: " + Explain(exception, "SQLite").error.message);
    }
  }
  if (!restored) return restored;
  if (const int error = SyncToDisk(fresh.path); error != 0) return DiskSays(fresh.path, error);
  auto aside = SetAside(folder, now);
  if (!aside) return std::unexpected(aside.error());
  restored->aside = *aside;
  if (rename(fresh.path.c_str(), (folder / "wardcast.db").c_str()) != 0)
    return DiskSays(folder / "wardcast.db", errno);
  if (const int error = SyncToDisk(folder); error != 0) return DiskSays(folder, error);
  return restored;
}

// `meta` and the log's head out of the script that pg_restore writes.
Result<RestoredStore> InspectScript(const std::filesystem::path& script,
                                    const std::filesystem::path& file) {
  std::map<std::string, std::string> meta;
  std::int64_t sequence = 0;
  std::ifstream lines(script);
  enum class In { kNothing, kMeta, kHead } in = In::kNothing;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("COPY ")) {
      if (line.find(".meta (name, value) FROM stdin") != std::string::npos) in = In::kMeta;
      if (line.find(".log_head (one, sequence, tag) FROM stdin") != std::string::npos)
        in = In::kHead;
    } else if (line == "\\.") {
      in = In::kNothing;
    } else if (const auto tab = line.find('\t'); in != In::kNothing && tab != std::string::npos) {
      const std::string rest = line.substr(tab + 1);
      if (in == In::kMeta) meta[line.substr(0, tab)] = rest;
      if (in == In::kHead) std::from_chars(rest.data(), rest.data() + rest.size(), sequence);
    }
  }
  auto restored = FromMeta(meta, file);
  if (restored) restored->sequence = sequence;
  return restored;
}

// The tables of all schemas, for DROP TABLE.
std::string OurTables() {
  constexpr std::string_view kCreate = "CREATE TABLE ";
  std::string list;
  for (const SchemaStep& step : SchemaSteps()) {
    for (const std::string_view statement : step.statements) {
      if (!statement.starts_with(kCreate)) continue;
      const std::string_view rest = statement.substr(kCreate.size());
      if (!list.empty()) list += ", ";
      list += rest.substr(0, rest.find(' '));
    }
  }
  return list;
}

Result<RestoredStore> RestorePostgresql(const StoreConfig& config,
                                        const std::filesystem::path& file, TimePoint now) {
  const std::filesystem::path& folder = config.data_dir;
  const auto lock = FolderLock::Take(folder);
  if (!lock) return std::unexpected(lock.error());
  std::error_code error;
  if (!std::filesystem::is_regular_file(file, error))
    return Fail(Code::kNotFound, file.string() + ": no such file");
  const Scratch script{folder / "restoring.sql"};
  // Made first, so that nobody else can read it.
  std::filesystem::remove(script.path, error);
  const int fd = open(script.path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (fd < 0) return DiskSays(script.path, errno);
  close(fd);
  if (auto written = RunPostgresTool("pg_restore",
                                     {"--no-owner", "--no-privileges", "--exit-on-error",
                                      "--file=" + script.path.string(), "--", file.string()},
                                     "");
      !written) {
    if (written.error().code != Code::kUnavailable) return std::unexpected(written.error());
    return Fail(Code::kInvalidArgument,
                file.string() + " is not an archive of pg_dump: " + written.error().message);
  }
  auto restored = InspectScript(script.path, file);
  if (!restored) return restored;

  bool has_store = false;
  {
    auto connection = Connection::OpenPostgresql(config.postgresql, config.timeout);
    if (!connection) return std::unexpected(connection.error());
    try {
      if (std::get<0>(
              (*connection)
                  ->Read<std::int64_t>("SELECT COUNT(*) FROM pg_stat_activity WHERE datname "
                                       "= current_database() AND backend_type = 'client "
                                       "backend' AND pid <> pg_backend_pid()")
                  .at(0)) > 0) {
        return Fail(Code::kFailedPrecondition,
                    "PostgreSQL: the database is in use. Stop all brokers, and whatever else is "
                    "connected to it.");
      }
      has_store = std::get<0>((*connection)
                                  ->Read<std::int64_t>(
                                      "SELECT COUNT(*) FROM information_schema.tables WHERE "
                                      "table_schema = current_schema() AND table_name = 'meta'")
                                  .at(0)) > 0;
    } catch (const std::exception& exception) {
      return std::unexpected(Explain(exception, "PostgreSQL").error);
    }
  }
  if (has_store) {
    std::filesystem::create_directory(folder / "backups", error);
    restored->aside = folder / "backups" / ("before-restore-" + FileStamp(now) + ".dump");
    if (auto kept = DumpPostgresql(config.postgresql, restored->aside); !kept)
      return std::unexpected(kept.error());
  }
  // One transaction: either the old tables or the restored ones.
  if (auto put = RunPostgresTool(
          "psql",
          {"--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1",
           "--command=DROP TABLE IF EXISTS " + OurTables() + " CASCADE",
           "--file=" + script.path.string(), "--command=RESET search_path",
           "--command=" + MarkRestored()},
          config.postgresql);
      !put) {
    return std::unexpected(put.error());
  }
  return restored;
}

}  // namespace

Result<RestoredStore> RestoreStore(const StoreConfig& config, const std::filesystem::path& file,
                                   TimePoint now) {
  return config.postgresql.empty() ? RestoreSqlite(config, file, now)
                                   : RestorePostgresql(config, file, now);
}

}  // namespace wardcast
