#include "server/directory/shipped/catalogue.h"

#include <stdexcept>
#include <utility>

#include "server/directory/change/import.h"
#include "server/directory/shipped/files.h"

namespace wardcast {

DirectoryContent ShippedCatalogue() {
  auto plan = PlanImport({},
                         {{"teams.csv", kShippedTeams},
                          {"services.csv", kShippedServices},
                          {"procedures.json", kShippedProcedures},
                          {"templates.json", kShippedTemplates}},
                         [](std::string_view) { return false; });
  if (!plan) throw std::logic_error("deploy/catalogue: " + plan.error().message);
  return std::move(plan->content);
}

}  // namespace wardcast
