// The first credential: a bearer token made at first start, for the administrator's shell and for
// scripts on the broker's own machine, until people have accounts.
#pragma once

#include <filesystem>
#include <string>

#include "base/clock.h"
#include "base/result.h"
#include "server/store/store.h"

namespace wardcast {

// Whose calls `DATA_DIR/admin.token` makes.
inline constexpr const char* kAdminTokenOwner = "admin";

// Makes sure that DATA_DIR/admin.token (mode 0600, one line) exists and that the store knows its
// hash. The file decides: a token that the store does not know is registered, a missing file is
// made anew and replaces the old token. The store never holds the token itself. Returns the path.
// kUnavailable: the file cannot be read or written. Blocks; at start only.
Result<std::filesystem::path> EnsureAdminToken(Store& store, const std::filesystem::path& data_dir,
                                               TimePoint now);

}  // namespace wardcast
