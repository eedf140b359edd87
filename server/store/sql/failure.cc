#include "server/store/sql/failure.h"

#include <soci/postgresql/soci-postgresql.h>
#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>

#include <cstdint>

#include "server/store/sql/backup_files.h"

namespace wardcast {
namespace {

// The first line: libpq's messages have several, with hints that repeat the statement.
std::string FirstLine(const std::string& text) { return text.substr(0, text.find('\n')); }

Failure Sqlite(int result, const std::string& message, const std::string& place) {
  const std::string detail = place + ": " + message;
  switch (result & 0xff) {
    case SQLITE_FULL:
      return {{Code::kResourceExhausted,
               detail + ". The disk is full; nothing was written. Free space on it."},
              false,
              false};
    case SQLITE_NOMEM:
      return {{Code::kResourceExhausted, detail + ". Out of memory; nothing was written."},
              false,
              true};
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return {{Code::kDataLoss, detail + ". The database is damaged. " + RestoreAdvice(place)},
              false,
              true};
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_INTERRUPT:
      return {{Code::kUnavailable, detail + ". Try again."}, false, false};
    case SQLITE_READONLY:
      return {
          {Code::kUnavailable,
           detail +
               ". Nothing was written. Is the file or its disk read-only? Let the broker's user "
               "write the file and its folder, and look into the system's log for disk errors."},
          false,
          true};
    case SQLITE_PERM:
    case SQLITE_AUTH:
    case SQLITE_CANTOPEN:
    case SQLITE_IOERR:
    case SQLITE_PROTOCOL:
      return {
          {Code::kUnavailable, detail + ". Check the disk, and that the broker may write there."},
          false,
          true};
    default:
      return {{Code::kInternal, detail}, false, false};
  }
}

Failure Postgresql(const std::string& state, const std::string& message, const std::string& place) {
  const std::string detail = place + ": " + FirstLine(message);
  const std::string group = state.substr(0, 2);
  // Without a state the connection broke before the server could answer.
  if (state.find_first_not_of(' ') == std::string::npos || group == "08" || group == "57") {
    const bool cancelled = state == "57014";  // by the statement time-out; the connection is fine
    return {{Code::kUnavailable, detail + ". Try again."}, false, !cancelled};
  }
  if (state == "40001" || state == "40P01" || state == "23505") {
    return {{state == "23505" ? Code::kInternal : Code::kUnavailable, detail}, true, false};
  }
  // We were silent inside a transaction for too long; the server has closed the connection.
  if (state == "25P03") return {{Code::kUnavailable, detail + ". Try again."}, false, true};
  if (group == "25") {
    return {
        {Code::kUnavailable,
         detail + ". Nothing was written. Is it a standby? Name all hosts in store.postgresql."},
        false,
        true};
  }
  if (state == "55P03") return {{Code::kUnavailable, detail + ". Try again."}, false, false};
  if (state == "53300")
    return {{Code::kUnavailable, detail + ". Raise max_connections."}, false, true};
  if (group == "53")
    return {{Code::kResourceExhausted, detail + ". Nothing was written."}, false, false};
  if (group == "58")
    return {{Code::kUnavailable, detail + ". See the log of the server."}, false, true};
  if (state == "22021" || state == "22P05") return {{Code::kInvalidArgument, detail}, false, false};
  if (state == "XX001" || state == "XX002") {
    return {
        {Code::kDataLoss, detail + ". The database is damaged: restore a backup."}, false, true};
  }
  return {{Code::kInternal, detail + " (SQLSTATE " + state + ")"}, false, false};
}

}  // namespace

Failure Explain(const std::exception& exception, std::string_view place) {
  const std::string where(place);
  if (const auto* sqlite = dynamic_cast<const soci::sqlite3_soci_error*>(&exception)) {
    return Sqlite(sqlite->result(), sqlite->get_error_message(), where);
  }
  if (const auto* postgresql = dynamic_cast<const soci::postgresql_soci_error*>(&exception)) {
    return Postgresql(postgresql->sqlstate(), postgresql->get_error_message(), where);
  }
  if (dynamic_cast<const UnfitText*>(&exception) != nullptr) {
    return {{Code::kInvalidArgument, exception.what()}, false, false};
  }
  if (const auto* soci = dynamic_cast<const soci::soci_error*>(&exception)) {
    return {{Code::kInternal, where + ": " + FirstLine(soci->get_error_message())}, false, true};
  }
  return {{Code::kInternal, where + ": " + exception.what()}, false, true};
}

bool IsPlainText(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const auto byte = [&](std::size_t i) -> std::uint32_t {
      return i < text.size() ? static_cast<unsigned char>(text[i]) : 0;
    };
    const std::uint32_t first = byte(at);
    if (first == 0) return false;
    if (first < 0x80) {
      ++at;
      continue;
    }
    const std::size_t length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
    if (first < 0xc2 || first > 0xf4) return false;
    std::uint32_t point = first & (0xffu >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) {
      if ((byte(at + i) & 0xc0) != 0x80) return false;
      point = point << 6 | (byte(at + i) & 0x3f);
    }
    const bool overlong = (length == 3 && point < 0x800) || (length == 4 && point < 0x10000);
    if (overlong || (point >= 0xd800 && point <= 0xdfff) || point > 0x10ffff) return false;
    at += length;
  }
  return true;
}

}  // namespace wardcast
