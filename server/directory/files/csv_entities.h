// The CSV files of a hospital as messages: columns, required cells, limits, classes, zones. What an
// entity refers to is checked by references.h.
#pragma once

#include <functional>
#include <string_view>

#include "server/directory/files/findings.h"
#include "server/directory/files/loaded.h"
#include "server/directory/files/sheet.h"
#include "wardcast/v1/directory.pb.h"

namespace wardcast {

// True for an IANA zone name; given by the caller, since this room knows no zone database.
using ZoneCheck = std::function<bool(std::string_view zone)>;

// Each reads a whole file, or single entries as rows of one, and notes every fault; with faults the
// result is incomplete.
Loaded<v1::Site> ReadSites(const SheetInput& input, const ZoneCheck& zone_exists,
                           Findings& findings);
Loaded<v1::Building> ReadBuildings(const SheetInput& input, Findings& findings);
Loaded<v1::Ward> ReadWards(const SheetInput& input, Findings& findings);
Loaded<v1::Endpoint> ReadEndpoints(const SheetInput& input, Findings& findings);
Loaded<v1::PlacementRule> ReadPlacement(const SheetInput& input, Findings& findings);
Loaded<v1::Person> ReadPeople(const SheetInput& input, Findings& findings);
Loaded<v1::Team> ReadTeams(const SheetInput& input, Findings& findings);
Loaded<v1::Service> ReadServices(const SheetInput& input, Findings& findings);

}  // namespace wardcast
