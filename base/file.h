// Small files as a whole: keys, tokens, configuration.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "base/result.h"

namespace wardcast {

// kNotFound: no such file. kUnavailable: cannot be read. kInvalidArgument: larger than `limit`
// bytes.
Result<std::string> ReadFile(const std::filesystem::path& path, std::size_t limit = 16u << 20);

// Writes through a temporary file in the same folder, synced and renamed, so that a reader sees the
// old or the new content and never a half. Mode 0600. kUnavailable: with the reason.
Result<void> WriteSecretFile(const std::filesystem::path& path, std::string_view content);

// Brings what was written to a file, or the names in a folder, to the disk. 0, or errno: who calls
// knows what to advise.
int SyncToDisk(const std::filesystem::path& path);

}  // namespace wardcast
