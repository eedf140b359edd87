#include "server/store/sql/connection.h"

#include <fcntl.h>
#include <soci/postgresql/soci-postgresql.h>
#include <soci/sqlite3/soci-sqlite3.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "base/log.h"

namespace wardcast {
namespace {

// SQLite gives the mode of the database file to its companions, so it has to be right from the
// beginning. A file that exists is not opened: closing it again would end SQLite's locks on it,
// since POSIX locks belong to the process.
Result<void> MakePrivateFile(const std::filesystem::path& file) {
  const int fd = open(file.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (fd >= 0) close(fd);
  if (fd >= 0 || errno == EEXIST) return {};
  return Fail(Code::kUnavailable,
              file.string() + ": " + std::strerror(errno) +
                  ". Let the broker's user write there, or choose another data folder.");
}

bool IsUri(const std::string& conninfo) {
  return conninfo.starts_with("postgresql://") || conninfo.starts_with("postgres://");
}

// What the server says beside its answers, for example that it is being stopped; libpq would print
// it.
void LogNotice(void*, const char* message) noexcept {
  try {
    SPDLOG_INFO("PostgreSQL: {}", LogSafe(message));
  } catch (const std::exception&) {  // a notice is worth no failure
  }
}

// Adds a setting unless the administrator has given it.
std::string With(std::string conninfo, const std::string& name, const std::string& value) {
  if (conninfo.find(name) != std::string::npos) return conninfo;
  if (!IsUri(conninfo)) return conninfo + " " + name + "=" + value;
  return conninfo + (conninfo.find('?') == std::string::npos ? "?" : "&") + name + "=" + value;
}

}  // namespace

std::string AtWritableHost(std::string conninfo) {
  return With(std::move(conninfo), "target_session_attrs", "read-write");
}

Result<std::unique_ptr<Connection>> Connection::OpenSqlite(const std::filesystem::path& file,
                                                           std::chrono::milliseconds timeout) {
  if (file.string().find('"') != std::string::npos || !IsPlainText(file.string())) {
    return Fail(Code::kUnavailable,
                "data folder: its path has a quotation mark or is not UTF-8; choose another");
  }
  if (auto made = MakePrivateFile(file); !made) return std::unexpected(made.error());
  std::unique_ptr<Connection> connection(new Connection(Dialect::kSqlite, file.string()));
  try {
    connection->session_.open(soci::sqlite3, "dbname=\"" + file.string() + "\"");
    connection->Execute("PRAGMA busy_timeout = " + std::to_string(timeout.count()));
    const auto mode = connection->Read<std::string>("PRAGMA journal_mode = WAL");
    if (mode.empty() || std::get<0>(mode.front()) != "wal") {
      return Fail(
          Code::kUnavailable,
          file.string() + ": this file system cannot hold the database (no WAL); use a local disk");
    }
    connection->Execute("PRAGMA synchronous = FULL");
    connection->Execute("PRAGMA foreign_keys = ON");
  } catch (const std::exception& exception) {
    return std::unexpected(Explain(exception, file.string()).error);
  }
  return connection;
}

void Connection::RollBack() {
  try {
    Execute("ROLLBACK");
  } catch (const soci::sqlite3_soci_error& error) {
    if (error.get_error_message().find("no transaction is active") == std::string::npos) throw;
  }
}

Result<std::unique_ptr<Connection>> Connection::OpenPostgresql(const std::string& conninfo,
                                                               std::chrono::milliseconds timeout) {
  const std::string milliseconds = std::to_string(timeout.count());
  // libpq counts in seconds and takes 1 for 2.
  const std::string seconds =
      std::to_string(std::max<std::int64_t>(2, (timeout.count() + 999) / 1000));
  std::string complete = With(conninfo, "connect_timeout", seconds);
  complete = With(complete, "tcp_user_timeout", milliseconds);
  complete = With(complete, "keepalives_idle", "10");
  complete = AtWritableHost(complete);
  complete = With(complete, "application_name", "wardcast");
  std::unique_ptr<Connection> connection(new Connection(Dialect::kPostgresql, "PostgreSQL"));
  try {
    connection->session_.open(soci::postgresql, complete);
  } catch (const soci::soci_error& error) {
    std::string message = error.get_error_message();
    std::replace(message.begin(), message.end(), '\n', ' ');
    return Fail(
        Code::kUnavailable,
        "PostgreSQL: " + message + "Check store.postgresql in the configuration, and the server.");
  }
  auto* backend =
      static_cast<soci::postgresql_session_backend*>(connection->session_.get_backend());
  PQsetNoticeProcessor(backend->conn_, &LogNotice, nullptr);
  connection->socket_ = PQsocket(backend->conn_);
  try {
    connection->Execute("SET statement_timeout = " + milliseconds);
    connection->Execute("SET lock_timeout = " + milliseconds);
    // A broker that froze inside a transaction must not hold up the others: they wait for the
    // heads.
    connection->Execute("SET idle_in_transaction_session_timeout = " + milliseconds);
    connection->Execute("SET client_encoding = 'UTF8'");
    // What is confirmed must be on the disk, whatever the default of the server.
    connection->Execute(
        "SELECT set_config('synchronous_commit', 'on', false) "
        "WHERE current_setting('synchronous_commit') = 'off'");
  } catch (const std::exception& exception) {
    return std::unexpected(Explain(exception, "PostgreSQL").error);
  }
  return connection;
}

}  // namespace wardcast
