// A hospital as the files that an import takes. Pure.
#pragma once

#include <string>
#include <vector>

#include "server/directory/content.h"

namespace wardcast {

struct ExportedFile {
  std::string name;
  std::string content;
};

// Every file that an import knows, also those that are empty. Importing all of them gives `content`
// again, and changes nothing where it came from. Endpoints that a rule has placed are in no file:
// nobody has listed them. `content`: as an import has checked it.
std::vector<ExportedFile> ExportFiles(const DirectoryContent& content);

}  // namespace wardcast
