#include "server/http/lws_log.h"

#include <libwebsockets.h>

#include <string_view>

#include "base/log.h"

namespace wardcast {
namespace {

void Log(int level, const char* line) noexcept {
  std::string_view text(line);
  while (text.ends_with('\n')) text.remove_suffix(1);
  try {
    spdlog::log(level == LLL_ERR ? spdlog::level::debug : spdlog::level::trace, "libwebsockets: {}",
                LogSafe(text));
  } catch (...) {  // a log line is not worth a crash
  }
}

}  // namespace

void RouteLwsLog() { lws_set_log_level(LLL_ERR | LLL_WARN, &Log); }

}  // namespace wardcast
