// The directory as it would be after a change: lists from files or entries, and the others as they
// are.
#pragma once

#include "server/directory/content.h"
#include "server/directory/files/loaded.h"

namespace wardcast {

struct LoadedDirectory {
  Loaded<v1::Site> sites;
  Loaded<v1::Building> buildings;
  Loaded<v1::Ward> wards;
  Loaded<v1::Endpoint> endpoints;  // those that somebody has listed
  Loaded<v1::PlacementRule> placement;
  Loaded<v1::Person> people;
  Loaded<v1::Team> teams;
  Loaded<v1::Service> services;
  Loaded<v1::Procedure> procedures;
  Loaded<v1::Template> templates;
};

// `content` as it is, nothing changed.
LoadedDirectory AsItIs(const DirectoryContent& content);

}  // namespace wardcast
