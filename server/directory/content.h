// Everything that an administrator imports: the hospital's map and its catalogue, as plain lists.
#pragma once

#include <vector>

#include "wardcast/v1/directory.pb.h"

namespace wardcast {

// Each list is ordered by id and has unique ids; references were checked by the importer.
struct DirectoryContent {
  std::vector<v1::Site> sites;
  std::vector<v1::Building> buildings;
  std::vector<v1::Ward> wards;
  std::vector<v1::Endpoint> endpoints;
  std::vector<v1::PlacementRule> placement;  // they count by `order`: PlacementRules
  std::vector<v1::Person> people;
  std::vector<v1::Team> teams;
  std::vector<v1::Service> services;
  std::vector<v1::Procedure> procedures;
  std::vector<v1::Template> templates;
};

}  // namespace wardcast
