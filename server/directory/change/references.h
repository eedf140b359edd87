// Does everything that an import refers to exist?
#pragma once

#include "server/directory/files/findings.h"
#include "server/directory/files/loaded.h"
#include "wardcast/v1/directory.pb.h"

namespace wardcast {

// The directory as it would be after the import: lists from files, and the others as they are.
struct LoadedDirectory {
  Loaded<v1::Site> sites;
  Loaded<v1::Building> buildings;
  Loaded<v1::Ward> wards;
  Loaded<v1::Endpoint> endpoints;
  Loaded<v1::PlacementRule> placement;
  Loaded<v1::Person> people;
  Loaded<v1::Team> teams;
  Loaded<v1::Service> services;
  Loaded<v1::Procedure> procedures;
  Loaded<v1::Template> templates;
};

// Notes each reference to something that does not exist, at the place that refers; or, if that
// stays as it was, at the file of the import that no longer has the target.
void CheckReferences(const LoadedDirectory& directory, Findings& findings);

}  // namespace wardcast
