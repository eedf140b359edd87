// A hospital of 2,000 wards and 50,000 endpoints, as its files.
#pragma once

#include <string>

#include "tests/unit/server/directory/hospital.h"

namespace wardcast {

inline Files LargeHospital() {
  constexpr int kWardCount = 2'000;
  constexpr int kEndpointCount = 50'000;
  Files files = SmallHospital();
  std::string& buildings = files["buildings.csv"] = "id,name,site\n";
  for (int i = 0; i < 100; ++i) {
    buildings += "b-" + std::to_string(i) + ",\"Building " + std::to_string(i) + ", all floors\"," +
                 (i % 2 == 0 ? "main" : "north") + "\n";
  }
  std::string& wards = files["wards.csv"] =
      "id,name,building,type,floor,walking_order,phones,radio_channel,downtime_pc,binder,"
      "shift_starts,opening_hours,services\n";
  for (int i = 0; i < kWardCount; ++i) {
    const std::string id = std::to_string(i);
    wards += "w-" + id + ",Ward " + id + ",b-" + std::to_string(i % 100) + "," +
             (i % 7 == 0 ? "clinic" : "inpatient") + "," + std::to_string(i % 12) + "," +
             std::to_string(1 + i / 100) + ",970-555-0101;970-555-0102,3,pc-" + id +
             ",\"red shelf, left\",07:00;19:00," + (i % 7 == 0 ? "Mon-Fri 07:00-19:00" : "") +
             ",lab-results;ehr" + (i % 3 == 0 ? ";fax" : "") + "\n";
  }
  std::string& endpoints = files["endpoints.csv"] = "id,name,ward,class,tags\n";
  for (int i = 0; i < kEndpointCount; ++i) {
    const std::string id = std::to_string(i);
    endpoints += "pc-" + id + ",Workstation " + id + ",w-" + std::to_string(i % kWardCount) + "," +
                 (i % 25 == 0 ? "DOWNTIME" : "") + "," + (i % 50 == 0 ? "roaming;ring-1" : "") +
                 "\n";
  }
  std::string& people = files["people.csv"] = "id,name,role,team,wards\n";
  for (int i = 0; i < 500; ++i) {
    const std::string id = std::to_string(i);
    people += "p-" + id + ",Person " + id + ",ward manager,,w-" + id + ";w-" +
              std::to_string(i + 500) + "\n";
  }
  files["procedures.json"] =
      R"([{"id":"fax","serviceId":"fax","title":"No fax","steps":["Call"],"approvedBy":"Ann Lee",
           "approvedOn":"2026-02-14","reviewOn":"2026-09-01"}])";
  files["templates.json"] =
      R"([{"id":"t","title":"T","order":1,"alert":{"kind":"OUTAGE","headline":"{service} is down"}}])";
  return files;
}

}  // namespace wardcast
