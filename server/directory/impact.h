// What hangs on services that are down: a proposal for a person to tick. Pure.
#pragma once

#include <string>
#include <vector>

#include "server/directory/directory.h"

namespace wardcast {

// Pointers into the directory that was asked.
struct Impact {
  // Services that depend on the named ones, directly or through others; nearest first, then by id.
  std::vector<const v1::Service*> affected;
  // Wards that depend on any of the named services; in list order.
  std::vector<const v1::Ward*> wards;
  // Wards that depend only on services in `affected`; in list order.
  std::vector<const v1::Ward*> further_wards;
  // Services that those wards, of both lists, depend on and that are neither named nor affected; by
  // name. Nothing says that they work: a person knows.
  std::vector<const v1::Service*> still_works;
};

// `services`: ids; unknown ones bring nothing. Services may depend on each other in a circle.
Impact ProposeImpact(const Directory& directory, const std::vector<std::string>& services);

}  // namespace wardcast
