// What is shipped as a sample goes when the service goes that it was made for. Pure.
#pragma once

#include <string_view>
#include <vector>

#include "server/directory/change/loaded_directory.h"

namespace wardcast {

// Takes procedures and templates out of `loaded` that name a service which is not there, if they
// are as in `shipped` (nobody has approved or changed them) and this change did not give them.
// Returns the files that lost something: "procedures.json", "templates.json".
std::vector<std::string_view> DropSamples(LoadedDirectory& loaded, const DirectoryContent& shipped);

}  // namespace wardcast
