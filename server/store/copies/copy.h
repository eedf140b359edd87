// Copies of a running database as of one moment: what Store::Backup does.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>

#include "base/result.h"

namespace wardcast {

// Both write through a file beside `file`, which appears under its name (0600) when it is complete
// and on the disk; return its size in bytes. Errors as Store::Backup.
Result<std::uint64_t> CopySqlite(const std::filesystem::path& database,
                                 const std::filesystem::path& file,
                                 std::chrono::milliseconds timeout);
Result<std::uint64_t> DumpPostgresql(const std::string& conninfo,
                                     const std::filesystem::path& file);

}  // namespace wardcast
