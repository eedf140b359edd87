// Where a database stands, so that one that was copied to another place is noticed.
#pragma once

#include <filesystem>
#include <string>

#include "server/store/sql/connection.h"

namespace wardcast {

// What a restored database has in `meta.place` until its first life begins.
inline constexpr const char* kRestoredPlace = "restored";

// SQLite: the machine (/etc/machine-id) and the inode of `file`; the device is left out, because
// its number may change with a reboot. PostgreSQL: the cluster (its system identifier, which a
// standby shares with its primary) and the database (its oid). Throws what SOCI throws.
std::string PlaceOf(Connection& connection, const std::filesystem::path& file);

}  // namespace wardcast
