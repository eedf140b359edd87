// From the path of a URL to a file below one folder, and never to one outside it.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace wardcast {

// Undoes %XX. nullopt: a % without two hexadecimal digits, or a path that holds a NUL, another
// control character or a backslash once decoded.
std::optional<std::string> DecodeUrlPath(std::string_view path);

// The regular file that `decoded` ("/assets/a.js") names below `root`. nullopt: none, or one
// outside `root` or hidden (a segment that starts with a dot), also by way of a symbolic link.
// Reads the disk.
std::optional<std::filesystem::path> FindBelow(const std::filesystem::path& root,
                                               std::string_view decoded);

}  // namespace wardcast
