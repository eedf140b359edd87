// The CSV files of a hospital as messages: columns, required cells, limits, classes, zones. What an
// entity refers to is checked by references.h.
#pragma once

#include <functional>
#include <string_view>

#include "server/directory/files/findings.h"
#include "server/directory/files/loaded.h"
#include "wardcast/v1/directory.pb.h"

namespace wardcast {

// True for an IANA zone name; given by the caller, since this room knows no zone database.
using ZoneCheck = std::function<bool(std::string_view zone)>;

// Each reads a whole file and notes every fault; with faults the result is incomplete.
Loaded<v1::Site> ReadSites(std::string_view text, const ZoneCheck& zone_exists, Findings& findings);
Loaded<v1::Building> ReadBuildings(std::string_view text, Findings& findings);
Loaded<v1::Ward> ReadWards(std::string_view text, Findings& findings);
Loaded<v1::Endpoint> ReadEndpoints(std::string_view text, Findings& findings);
// At most 2,000 rules.
Loaded<v1::PlacementRule> ReadPlacement(std::string_view text, Findings& findings);
Loaded<v1::Person> ReadPeople(std::string_view text, Findings& findings);
Loaded<v1::Team> ReadTeams(std::string_view text, Findings& findings);
Loaded<v1::Service> ReadServices(std::string_view text, Findings& findings);

}  // namespace wardcast
