#include "server/store/sql/place.h"

#include <sys/stat.h>

#include <algorithm>

#include "base/file.h"

namespace wardcast {
namespace {

std::string MachineId() {
  std::string id = ReadFile("/etc/machine-id", 256).value_or("");
  std::erase_if(id, [](unsigned char c) { return std::isxdigit(c) == 0; });
  return id;
}

}  // namespace

std::string PlaceOf(Connection& connection, const std::filesystem::path& file) {
  if (connection.dialect() == Dialect::kSqlite) {
    struct stat status{};
    if (stat(file.c_str(), &status) != 0) return "unknown file";
    return "machine " + MachineId() + " inode " + std::to_string(status.st_ino);
  }
  const std::string oid = std::get<0>(
      connection
          .Read<std::string>(
              "SELECT CAST(oid AS TEXT) FROM pg_database WHERE datname = current_database()")
          .at(0));
  // Only superusers may ask on some servers.
  const std::string may = std::get<0>(
      connection
          .Read<std::string>("SELECT CAST(has_function_privilege('pg_control_system()', 'EXECUTE') "
                             "AS TEXT)")
          .at(0));
  if (may != "true") return "database " + oid;
  return "cluster " +
         std::get<0>(connection
                         .Read<std::string>(
                             "SELECT CAST(system_identifier AS TEXT) FROM pg_control_system()")
                         .at(0)) +
         " database " + oid;
}

}  // namespace wardcast
