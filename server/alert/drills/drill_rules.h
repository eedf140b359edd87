// Whom a drill spares, and what stops it (docs/domain, "Drills"). Pure.
#pragma once

#include <span>

#include "server/directory/directory.h"
#include "wardcast/v1/alert.pb.h"

namespace wardcast {

// Takes CLINICAL endpoints out of the audience of a drill: where patients are operated on or
// watched nothing is played. Does nothing to what is no drill, and nothing the second time.
void SpareClinical(v1::Alert& alert);

// True if `real` is a real notice of SEVERE or EXTREME severity, on the wards, and one of its wards
// is one of the drill's. Whether the drill is out itself is not asked. Both audiences are resolved
// (ResolveShared).
bool StopsDrill(const v1::Alert& real, const v1::Alert& drill, const Directory& directory);

// The first of `open` that stops `alert`; nullptr: none does, or it is no drill.
const v1::Alert* FindStopping(std::span<const v1::Alert* const> open, const v1::Alert& alert,
                              const Directory& directory);

}  // namespace wardcast
