// Files of an import and single entries, whatever is in them: each is taken or refused with a
// place, and what is read once reads the same when it is written again.
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "server/alert/zoned_time.h"
#include "server/directory/change/entries.h"
#include "server/directory/change/import.h"
#include "server/directory/files/csv.h"
#include "server/directory/files/export.h"
#include "tests/fuzz/require.h"

namespace wardcast {
namespace {

std::string Written(const std::vector<std::string>& cells) {
  std::string line;
  for (const std::string& cell : cells) {
    line += line.empty() ? "\"" : ",\"";
    for (const char c : cell) line += c == '"' ? std::string("\"\"") : std::string(1, c);
    line += '"';
  }
  return line + "\r\n";
}

void Read(std::string_view text) {
  const auto table = ReadCsv("x.csv", text);
  if (!table) {
    Require(table.error().violations.size() == 1, "one place");
    Require(table.error().violations[0].field.starts_with("x.csv:"), "a line");
    return;
  }
  std::string again = Written(table->header);
  for (const CsvRow& row : table->rows) again += Written(row.cells);
  const auto second = ReadCsv("x.csv", again);
  Require(second.has_value(), "what was written can be read");
  Require(second->header == table->header, "the same header");
  Require(second->rows.size() == table->rows.size(), "as many rows");
  for (std::size_t i = 0; i < table->rows.size(); ++i)
    Require(second->rows[i].cells == table->rows[i].cells, "the same cells");
}

void Plan(std::string_view text) {
  constexpr std::array<std::string_view, 10> kNames{
      "sites.csv",  "buildings.csv", "wards.csv",    "endpoints.csv",   "placement.csv",
      "people.csv", "teams.csv",     "services.csv", "procedures.json", "templates.json"};
  for (const std::string_view name : kNames) {
    const auto plan = PlanImport({}, {{name, text}}, ZoneExists);
    if (plan) continue;
    Require(!plan.error().violations.empty() && plan.error().violations.size() <= 51, "places");
    for (const FieldViolation& violation : plan.error().violations)
      Require(!violation.field.empty() && !violation.description.empty(), "place and words");
  }
}

// Single entries with that text in them: what is taken is exported and imports back to the same.
void Upsert(const std::string& text) {
  v1::UpsertDirectoryRequest map;
  v1::Site& site = *map.add_sites();
  site.set_id("s");
  site.set_name("s" + text);
  site.set_zone("UTC");
  site.set_phone_fallback(text);
  v1::Building& building = *map.add_buildings();
  building.set_id("b");
  building.set_name("b" + text);
  building.set_site_id("s");
  v1::Ward& ward = *map.add_wards();
  ward.set_id("w");
  ward.set_name("w" + text);
  ward.set_building_id("b");
  ward.set_type("lab");
  ward.add_phones(text);
  ward.set_binder(text);
  v1::Endpoint& endpoint = *map.add_endpoints();
  endpoint.set_id("e");
  endpoint.set_name(text);
  endpoint.set_ward_id("w");
  v1::UpsertCatalogueRequest catalogue;
  v1::Team& team = *catalogue.add_teams();
  team.set_id("t");
  team.set_name("t" + text);
  v1::Template& one = *catalogue.add_templates();
  one.set_id("t");
  one.set_title("t");
  one.set_alert_json(text);
  v1::UpsertCatalogueRequest teams_only = catalogue;
  teams_only.clear_templates();
  for (const auto& plan :
       {PlanUpsert({}, map, ZoneExists), PlanUpsert({}, catalogue), PlanUpsert({}, teams_only)}) {
    if (!plan) {
      Require(!plan.error().violations.empty(), "a refusal has places");
      continue;
    }
    const std::vector<ExportedFile> files = ExportFiles(plan->content);
    std::vector<ImportFileView> views;
    views.reserve(files.size());
    for (const ExportedFile& file : files) views.push_back({file.name, file.content});
    const auto again = PlanImport(plan->content, views, ZoneExists);
    Require(again.has_value(), "what was taken can be imported");
    for (const v1::ImportCount& count : again->counts)
      Require(count.added() + count.changed() + count.removed() == 0, "it comes back as it was");
  }
}

}  // namespace
}  // namespace wardcast

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  wardcast::Read(text);
  wardcast::Plan(text);
  wardcast::Upsert(std::string(text));
  return 0;
}
