// The backups that lie beside a database: DATA_DIR/backups.
#pragma once

#include <filesystem>
#include <string>

namespace wardcast {

// The newest `*.db` in `data_dir`/backups by its time of writing; empty: none.
std::filesystem::path NewestBackup(const std::filesystem::path& data_dir);

// What to do about a damaged database, for a person: names the newest backup beside it, if there is
// one. `database`: its file.
std::string RestoreAdvice(const std::filesystem::path& database);

}  // namespace wardcast
