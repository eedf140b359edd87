// Content types by file name.
#pragma once

#include <string_view>

namespace wardcast {

// "text/html; charset=utf-8" for "index.html"; "application/octet-stream" for what is not known.
std::string_view ContentTypeOf(std::string_view file_name);

// True for a file whose name changes with its content ("/assets/index-BxYz12_3.js"), so that it may
// be kept for ever.
bool IsHashedAsset(std::string_view url_path);

}  // namespace wardcast
