#include "server/store/sql/backup_files.h"

#include <system_error>

namespace wardcast {

std::filesystem::path NewestBackup(const std::filesystem::path& data_dir) {
  std::filesystem::path newest;
  std::filesystem::file_time_type newest_time;
  std::error_code error;
  std::filesystem::directory_iterator entries(data_dir / "backups", error);
  for (; !error && entries != std::filesystem::directory_iterator(); entries.increment(error)) {
    std::error_code ignored;
    if (entries->path().extension() != ".db" || !entries->is_regular_file(ignored)) continue;
    const auto time = entries->last_write_time(ignored);
    if (newest.empty() || time > newest_time) {
      newest = entries->path();
      newest_time = time;
    }
  }
  return newest;
}

std::string RestoreAdvice(const std::filesystem::path& database) {
  const std::filesystem::path folder = database.parent_path();
  const std::filesystem::path newest = NewestBackup(folder);
  const std::string command = "wardcastd --data-dir " + folder.string() + " --restore ";
  if (newest.empty()) {
    return "Stop the broker and restore a backup (" + command + "FILE); there is none in " +
           (folder / "backups").string() + ". The damaged file is kept aside.";
  }
  return "Stop the broker and restore the newest backup: " + command + newest.string() +
         ". The damaged file is kept aside.";
}

}  // namespace wardcast
