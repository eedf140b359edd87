#include "agent/cli/directory/import_counts.h"

#include <cstdio>
#include <string>
#include <vector>

#include "agent/cli/print.h"

namespace wardcast::cli {

int PrintCounts(const Session& session, const google::protobuf::Message& response,
                const google::protobuf::RepeatedPtrField<v1::ImportCount>& counts, bool dry_run) {
  if (session.json()) {
    PrintJson(response);
    return kOk;
  }
  std::vector<std::vector<std::string>> rows;
  for (const v1::ImportCount& count : counts) {
    rows.push_back({count.file(), std::to_string(count.added()), std::to_string(count.changed()),
                    std::to_string(count.removed()), std::to_string(count.unchanged())});
  }
  PrintTable({"FILE", "NEW", "CHANGED", "REMOVED", "UNCHANGED"}, rows);
  if (dry_run) std::printf("Dry run: nothing was changed.\n");
  return kOk;
}

}  // namespace wardcast::cli
