// A folder for one test, gone with this object.
#pragma once

#include <filesystem>

namespace wardcast::testing {

class TempFolder {
 public:
  // In the system's folder for temporary files; throws std::filesystem::filesystem_error.
  TempFolder();
  ~TempFolder();
  TempFolder(const TempFolder&) = delete;
  TempFolder& operator=(const TempFolder&) = delete;

  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace wardcast::testing
