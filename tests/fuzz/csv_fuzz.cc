// Files of an import, whatever is in them: each is taken or refused with a place, and what is read
// once reads the same when it is written again.
#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "server/alert/zoned_time.h"
#include "server/directory/change/import.h"
#include "server/directory/files/csv.h"
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

}  // namespace
}  // namespace wardcast

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  wardcast::Read(text);
  wardcast::Plan(text);
  return 0;
}
