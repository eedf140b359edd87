// Entries of the CSV files as rows: what an export writes, and what single entries are checked as.
#pragma once

#include <string>
#include <vector>

#include "wardcast/v1/directory.pb.h"

namespace wardcast {

// A cell for each column of csv_columns.h, in that order; read again they give the same entry.
// Lists are separated by ";": their items must hold none.
using Cells = std::vector<std::string>;

Cells CellsOf(const v1::Site& site);
Cells CellsOf(const v1::Building& building);
Cells CellsOf(const v1::Ward& ward);
// Without whether a rule has placed it: nobody has listed such a one.
Cells CellsOf(const v1::Endpoint& endpoint);
// The order is always written: an empty cell would be the rule's position.
Cells CellsOf(const v1::PlacementRule& rule);
Cells CellsOf(const v1::Person& person);
Cells CellsOf(const v1::Team& team);
Cells CellsOf(const v1::Service& service);

}  // namespace wardcast
