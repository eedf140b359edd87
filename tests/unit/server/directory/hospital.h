// A small hospital for tests, as its files.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "server/directory/change/import.h"

namespace wardcast {

using Files = std::map<std::string, std::string>;

// Two sites, three buildings, four wards, eight endpoints.
inline Files SmallHospital() {
  return {
      {"sites.csv",
       "id,name,zone,phone\nmain,Main,America/Denver,970-555-0100\nnorth,North,America/Los_Angeles,"
       "541-555-0100\n"},
      {"buildings.csv", "id,name,site\ntower,Tower,main\nlabs,Labs,main\nn1,North 1,north\n"},
      {"teams.csv", "id,name,phone\napps,Applications,970-555-0101\ninfra,Infrastructure,\n"},
      {"services.csv",
       "id,name,team,depends_on\nlab-results,Orders and results (lab),apps,ehr\nehr,EHR,apps,"
       "network\nnetwork,Network,infra,\nfax,Fax,apps,\n"},
      {"wards.csv",
       "id,name,building,type,walking_order,services\n4w,4 West,tower,inpatient,2,lab-results;fax\n"
       "or,OR,tower,or,1,ehr\nlab,Lab,labs,lab,1,lab-results\nn-2,North 2,n1,inpatient,1,fax\n"},
      {"endpoints.csv",
       "id,name,ward,class,tags\n4w-pc-01,,4w,,\n4w-pc-02,,4w,,roaming\n4w-downtime,,4w,DOWNTIME,\n"
       "4w-board-01,,4w,BOARD,\nor-pc-01,,or,,\nlab-pc-01,,lab,CLINICAL,\nn-2-pc-01,,n-2,,\n"
       "new-01,,,,\n"},
  };
}

inline Result<ChangePlan> Import(const Files& files, const DirectoryContent& current = {}) {
  std::vector<ImportFileView> views;
  for (const auto& [name, content] : files) views.push_back({name, content});
  return PlanImport(current, views,
                    [](std::string_view zone) { return zone.starts_with("America/"); });
}

}  // namespace wardcast
