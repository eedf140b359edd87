// Logging by spdlog: levels, text or JSON, to standard error. Alert ids go in, texts and names of
// people never do. Text from outside is an argument, never the format: SPDLOG_INFO("import refused:
// {}", LogSafe(name)).
#pragma once

#include <spdlog/spdlog.h>

#include <string>
#include <string_view>

#include "base/result.h"

namespace wardcast {

// `level`: trace, debug, info, warn, error, off. `format`: text or json. kInvalidArgument
// otherwise.
Result<void> StartLogging(std::string_view program, std::string_view level,
                          std::string_view format);

// `text` as one printable line of at most 200 bytes: control characters become '?'.
std::string LogSafe(std::string_view text);

}  // namespace wardcast
