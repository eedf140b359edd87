// `wardcastd --join FILE`: this machine's broker becomes one of a hospital that has others.
#pragma once

#include <filesystem>
#include <string>

#include "base/result.h"
#include "server/broker/config.h"

namespace wardcast {

// Asks for the passphrase on the terminal, or reads it as the first line of standard input; then
// puts the identity in `file` into the data folder. Returns what was done and what comes next, for
// a person. Errors: OpenIdentity and WriteIdentity have them, each with what to do.
Result<std::string> RunJoin(const Config& config, const std::filesystem::path& file);

}  // namespace wardcast
