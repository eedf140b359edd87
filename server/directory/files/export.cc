#include "server/directory/files/export.h"

#include <algorithm>
#include <iterator>
#include <nlohmann/json.hpp>
#include <span>
#include <string_view>
#include <utility>

#include "server/directory/files/csv_cells.h"
#include "server/directory/files/csv_columns.h"

namespace wardcast {
namespace {

// RFC 4180 §2: quoted where a comma, a quote or a line break would be taken for the table's own.
void AppendCell(std::string& text, std::string_view cell) {
  if (cell.find_first_of(",\"\r\n") == std::string_view::npos) {
    text += cell;
    return;
  }
  text += '"';
  for (const char c : cell) {
    if (c == '"') text += '"';
    text += c;
  }
  text += '"';
}

void AppendLine(std::string& text, const Cells& cells) {
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (i > 0) text += ',';
    AppendCell(text, cells[i]);
  }
  text += '\n';
}

template <class T>
std::string Csv(std::span<const Column> columns, const std::vector<T>& items) {
  std::string text;
  Cells header;
  for (const Column& column : columns) header.emplace_back(column.name);
  AppendLine(text, header);
  for (const T& item : items) AppendLine(text, CellsOf(item));
  return text;
}

// Nobody has listed what a rule has placed.
std::vector<v1::Endpoint> Listed(const std::vector<v1::Endpoint>& endpoints) {
  std::vector<v1::Endpoint> listed;
  std::ranges::copy_if(endpoints, std::back_inserter(listed),
                       [](const v1::Endpoint& endpoint) { return !endpoint.by_rule(); });
  return listed;
}

// In the order in which they count, so that they can be read from top to bottom.
std::vector<v1::PlacementRule> InOrder(std::vector<v1::PlacementRule> rules) {
  std::ranges::stable_sort(rules, {}, &v1::PlacementRule::order);
  return rules;
}

// A file that people read and compare: an item over several lines, each key where it always is.
std::string JsonText(const nlohmann::ordered_json& list) { return list.dump(2) + "\n"; }

std::string ProceduresJson(const std::vector<v1::Procedure>& procedures) {
  auto list = nlohmann::ordered_json::array();
  for (const v1::Procedure& procedure : procedures) {
    nlohmann::ordered_json item = {{"id", procedure.id()},
                                   {"serviceId", procedure.service_id()},
                                   {"title", procedure.title()},
                                   {"steps", procedure.steps()}};
    if (!procedure.approved_by().empty()) {
      item["approvedBy"] = procedure.approved_by();
      item["approvedOn"] = procedure.approved_on();
      if (!procedure.review_on().empty()) item["reviewOn"] = procedure.review_on();
    }
    list.push_back(std::move(item));
  }
  return JsonText(list);
}

std::string TemplatesJson(const std::vector<v1::Template>& templates) {
  auto list = nlohmann::ordered_json::array();
  for (const v1::Template& one : templates) {
    nlohmann::ordered_json item = {{"id", one.id()}, {"title", one.title()}};
    if (!one.hint().empty()) item["hint"] = one.hint();
    if (one.order() != 0) item["order"] = one.order();
    item["alert"] = nlohmann::ordered_json::parse(one.alert_json());
    list.push_back(std::move(item));
  }
  return JsonText(list);
}

}  // namespace

std::vector<ExportedFile> ExportFiles(const DirectoryContent& content) {
  return {
      {"sites.csv", Csv(kSiteColumns, content.sites)},
      {"buildings.csv", Csv(kBuildingColumns, content.buildings)},
      {"wards.csv", Csv(kWardColumns, content.wards)},
      {"endpoints.csv", Csv(kEndpointColumns, Listed(content.endpoints))},
      {"placement.csv", Csv(kPlacementColumns, InOrder(content.placement))},
      {"people.csv", Csv(kPersonColumns, content.people)},
      {"teams.csv", Csv(kTeamColumns, content.teams)},
      {"services.csv", Csv(kServiceColumns, content.services)},
      {"procedures.json", ProceduresJson(content.procedures)},
      {"templates.json", TemplatesJson(content.templates)},
  };
}

}  // namespace wardcast
