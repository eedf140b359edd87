// The built web console as files: which file a path means, and how it is sent.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"
#include "server/http/wire/request_head.h"
#include "server/http/wire/response.h"

namespace wardcast {

// Files stay in memory, once, for as long as they do not change on disk; reading is quick because
// they are few and small. Threads: one at a time.
class StaticSite {
 public:
  // `folder` may be missing or empty; then the pages say what to do. Files over `max_file` bytes
  // are not served.
  explicit StaticSite(std::filesystem::path folder, std::size_t max_file = 16u << 20);

  // Answers GET and HEAD of anything; other methods are 405. A HEAD's response has the body too,
  // which the caller leaves out.
  Response Serve(const RequestHead& head);

 private:
  struct File {
    std::filesystem::file_time_type changed;
    std::shared_ptr<const std::string> content;
    std::string tag;  // first 32 digits of its SHA-256
  };

  // nullptr: cannot be read.
  const File* Load(const std::filesystem::path& path);
  Response ServeConsole(const std::filesystem::path& path);
  Response ServeFile(const RequestHead& head, std::string_view url_path,
                     const std::filesystem::path& path);

  const std::filesystem::path folder_;
  const std::size_t max_file_;
  std::map<std::filesystem::path, File> files_;  // by real path
  std::size_t bytes_ = 0;                        // in files_
};

}  // namespace wardcast
