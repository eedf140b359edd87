// Single entries of the map and the catalogue: added, replaced, removed. Checked as an import is,
// because they are read as rows of its files. Pure.
#pragma once

#include "base/result.h"
#include "server/directory/change/plan.h"
#include "server/directory/content.h"
#include "server/directory/files/csv_entities.h"
#include "wardcast/v1/catalogue_service.pb.h"
#include "wardcast/v1/directory_service.pb.h"

namespace wardcast {

// The directory with the entries of the request, which replace those with the same ids. An endpoint
// that a rule has placed is listed from then on. Counts: one for each kind that the request has.
// kInvalidArgument: nothing is given, or a violation per place ("wards[2].building_id"), at most 50
// and how many more.
Result<ChangePlan> PlanUpsert(const DirectoryContent& current,
                              const v1::UpsertDirectoryRequest& request,
                              const ZoneCheck& zone_exists);
Result<ChangePlan> PlanUpsert(const DirectoryContent& current,
                              const v1::UpsertCatalogueRequest& request);

// The directory without the entries that the request names; with a ward go the endpoints that a
// rule has placed there. kInvalidArgument: nothing is given, or per place ("wards[0]") an id that
// there is not, and who still needs what would go.
Result<ChangePlan> PlanRemoval(const DirectoryContent& current,
                               const v1::RemoveFromDirectoryRequest& request);
// With a service go the samples of `shipped` that were made for it (samples.h).
Result<ChangePlan> PlanRemoval(const DirectoryContent& current,
                               const v1::RemoveFromCatalogueRequest& request,
                               const DirectoryContent& shipped = {});

}  // namespace wardcast
