// What a change of the directory comes to: the directory as it would be, and what differs. Pure.
#pragma once

#include <string_view>
#include <vector>

#include "server/directory/change/loaded_directory.h"
#include "server/directory/content.h"
#include "server/directory/files/findings.h"
#include "wardcast/v1/directory_service.pb.h"

namespace wardcast {

struct ChangePlan {
  DirectoryContent content;             // ordered by id, references checked
  std::vector<v1::ImportCount> counts;  // one for each file that the change is about
};

// Notes lists that would be longer than anything of ours: 200,000 entries, 5,000 procedures or
// templates, 2,000 rules of placement.
void CheckSizes(const LoadedDirectory& loaded, Findings& findings);

// The plan, with counts for `files` in that order. Endpoints that a rule has placed stay beside the
// listed ones, unless they are listed now or their ward is gone; only that is counted of them.
ChangePlan MakePlan(const DirectoryContent& current, LoadedDirectory loaded,
                    const std::vector<std::string_view>& files);

}  // namespace wardcast
