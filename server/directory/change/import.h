// A hospital from files, all or nothing: what the directory would be, and what would change. Pure.
#pragma once

#include <string_view>
#include <vector>

#include "base/result.h"
#include "server/directory/change/plan.h"
#include "server/directory/content.h"
#include "server/directory/files/csv_entities.h"

namespace wardcast {

// Borrowed for the call.
struct ImportFileView {
  std::string_view name;  // one of sites.csv, buildings.csv, …: directory_service.proto, ImportFile
  std::string_view content;
};

// The most that all files together may hold.
inline constexpr std::size_t kMostImportBytes = std::size_t{16} << 20;

// A file replaces what it is about (wards.csv all wards); what no file is about stays as in
// `current`. Endpoints that a rule has placed stay too, unless endpoints.csv lists them (then they
// are that file's) or their ward is gone (whoever places by rules, places them again); counts tell
// of what files list, and of those two, in the order of the files. Samples of `shipped` that hang
// on services which are gone go with them (samples.h), and are counted after the files.
// kInvalidArgument: a violation per place ("wards.csv:12"), at most 50 and how many more; also for
// an unknown or doubled file name, no file, and references that a replaced file breaks.
// kResourceExhausted: more than 16 MiB. Takes 2,000 wards and 50,000 endpoints in well under a
// second.
Result<ChangePlan> PlanImport(const DirectoryContent& current,
                              const std::vector<ImportFileView>& files,
                              const ZoneCheck& zone_exists, const DirectoryContent& shipped = {});

}  // namespace wardcast
