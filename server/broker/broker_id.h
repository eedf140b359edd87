// Which broker this is, over restarts: its progress and presence rows in the store are its own.
#pragma once

#include <filesystem>
#include <string>

#include "base/clock.h"
#include "base/result.h"

namespace wardcast {

// The id in DATA_DIR/broker.id, a ULID; made if there is none. kFailedPrecondition: the file holds
// something else (which says what to do). kUnavailable: it cannot be read or written.
Result<std::string> EnsureBrokerId(const std::filesystem::path& data_dir, TimePoint now);

}  // namespace wardcast
