// Does everything that a change refers to exist?
#pragma once

#include "server/directory/change/loaded_directory.h"
#include "server/directory/files/findings.h"

namespace wardcast {

// Notes each reference to something that does not exist: at the place that refers; if that stays as
// it was, at the place that takes the target away, or at the file that no longer has it.
void CheckReferences(const LoadedDirectory& directory, Findings& findings);

}  // namespace wardcast
