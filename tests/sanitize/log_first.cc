// Linked into every test under the thread sanitizer: makes spdlog's registry before any thread
// starts, as the programs do by configuring their log. libspdlog is not instrumented, so the guard
// of its first use is not seen there.
#include <spdlog/spdlog.h>

namespace wardcast {
namespace {

[[maybe_unused]] const auto* const kLogger = spdlog::default_logger_raw();

}  // namespace
}  // namespace wardcast
