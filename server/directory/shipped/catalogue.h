// The catalogue of a typical hospital, part of the program: what a fresh installation knows.
#pragma once

#include "server/directory/content.h"

namespace wardcast {

// Teams, services, sample procedures (none is approved) and templates of deploy/catalogue; no
// place, endpoint or person. Ordered by id, references checked. Throws std::logic_error if those
// files are faulty, which a test rules out.
DirectoryContent ShippedCatalogue();

}  // namespace wardcast
