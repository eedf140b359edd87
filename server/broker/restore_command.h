// `wardcastd --restore FILE`: a backup in the place of the store, with the broker stopped.
#pragma once

#include <filesystem>
#include <string>

#include "base/result.h"
#include "server/broker/config.h"

namespace wardcast {

// Restores the store that `config` names (RestoreStore has the errors, each with what to do);
// returns what was done and what comes next, for a person.
Result<std::string> RunRestore(const Config& config, const std::filesystem::path& file);

}  // namespace wardcast
