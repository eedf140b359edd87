// The hospital's alert-signing key: made at first start, kept beside the store and never in it.
#pragma once

#include <filesystem>

#include "base/result.h"
#include "base/signature.h"
#include "server/store/store.h"

namespace wardcast {

// Reads DATA_DIR/signing.key (0600), or makes it and DATA_DIR/signing.pub, which agents are given.
// The store holds the id: kFailedPrecondition if it names another key than the file, or a key and
// there is no file: every endpoint would refuse what this broker signs. Blocks; at start only.
Result<SigningKey> EnsureSigningKey(Store& store, const std::filesystem::path& data_dir);

}  // namespace wardcast
