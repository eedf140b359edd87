#include "server/directory/files/export.h"

#include <algorithm>
#include <iterator>
#include <nlohmann/json.hpp>
#include <span>
#include <string_view>
#include <utility>

#include "server/directory/files/csv_columns.h"

namespace wardcast {
namespace {

using Cells = std::vector<std::string>;

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

template <class Items, class CellsOf>
std::string Csv(std::span<const Column> columns, const Items& items, CellsOf cells_of) {
  std::string text;
  Cells header;
  for (const Column& column : columns) header.emplace_back(column.name);
  AppendLine(text, header);
  for (const auto& item : items) AppendLine(text, cells_of(item));
  return text;
}

template <class Field>
std::string List(const Field& items) {
  std::string cell;
  for (const std::string& item : items) cell += (cell.empty() ? "" : ";") + item;
  return cell;
}

std::string NumberCell(int number) { return number == 0 ? "" : std::to_string(number); }

std::string ClassCell(v1::EndpointClass::Value value) {
  return value == v1::EndpointClass::UNSPECIFIED ? "" : v1::EndpointClass::Value_Name(value);
}

Cells SiteCells(const v1::Site& site) {
  return {site.id(),    site.name(),           site.zone(),
          site.phone(), site.phone_fallback(), site.emergency_phone()};
}

Cells WardCells(const v1::Ward& ward) {
  return {ward.id(),
          ward.name(),
          ward.building_id(),
          ward.type(),
          ward.floor(),
          NumberCell(ward.walking_order()),
          List(ward.phones()),
          ward.radio_channel(),
          ward.downtime_pc(),
          ward.binder(),
          List(ward.shift_starts()),
          ward.opening_hours(),
          List(ward.services())};
}

Cells EndpointCells(const v1::Endpoint& endpoint) {
  return {endpoint.id(), endpoint.name(), endpoint.ward_id(), ClassCell(endpoint.class_()),
          List(endpoint.tags())};
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

// The order is always written: an empty cell would be the rule's position.
Cells RuleCells(const v1::PlacementRule& rule) {
  return {rule.id(),         rule.ward_id(), ClassCell(rule.class_()),
          List(rule.tags()), rule.site_id(), std::to_string(rule.order())};
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
      {"sites.csv", Csv(kSiteColumns, content.sites, SiteCells)},
      {"buildings.csv", Csv(kBuildingColumns, content.buildings,
                            [](const v1::Building& building) -> Cells {
                              return {building.id(), building.name(), building.site_id()};
                            })},
      {"wards.csv", Csv(kWardColumns, content.wards, WardCells)},
      {"endpoints.csv", Csv(kEndpointColumns, Listed(content.endpoints), EndpointCells)},
      {"placement.csv", Csv(kPlacementColumns, InOrder(content.placement), RuleCells)},
      {"people.csv", Csv(kPersonColumns, content.people,
                         [](const v1::Person& person) -> Cells {
                           return {person.id(), person.name(), person.role(), person.team_id(),
                                   List(person.wards())};
                         })},
      {"teams.csv",
       Csv(kTeamColumns, content.teams,
           [](const v1::Team& team) -> Cells { return {team.id(), team.name(), team.phone()}; })},
      {"services.csv", Csv(kServiceColumns, content.services,
                           [](const v1::Service& service) -> Cells {
                             return {service.id(), service.name(), service.team_id(),
                                     List(service.depends_on())};
                           })},
      {"procedures.json", ProceduresJson(content.procedures)},
      {"templates.json", TemplatesJson(content.templates)},
  };
}

}  // namespace wardcast
