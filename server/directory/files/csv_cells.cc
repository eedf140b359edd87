#include "server/directory/files/csv_cells.h"

namespace wardcast {
namespace {

template <class Field>
std::string ListCell(const Field& items) {
  std::string cell;
  for (const std::string& item : items) cell += (cell.empty() ? "" : ";") + item;
  return cell;
}

std::string NumberCell(int number) { return number == 0 ? "" : std::to_string(number); }

std::string ClassCell(v1::EndpointClass::Value value) {
  if (value == v1::EndpointClass::UNSPECIFIED) return "";
  const std::string& name = v1::EndpointClass::Value_Name(value);
  return name.empty() ? std::to_string(value) : name;  // one that there is not: the reader says so
}

}  // namespace

Cells CellsOf(const v1::Site& site) {
  return {site.id(),      site.name(),           site.zone(),
          site.phone(),   site.phone_fallback(), site.emergency_phone(),
          site.language()};
}

Cells CellsOf(const v1::Building& building) {
  return {building.id(), building.name(), building.site_id()};
}

Cells CellsOf(const v1::Ward& ward) {
  return {ward.id(),
          ward.name(),
          ward.building_id(),
          ward.type(),
          ward.floor(),
          NumberCell(ward.walking_order()),
          ListCell(ward.phones()),
          ward.radio_channel(),
          ward.downtime_pc(),
          ward.binder(),
          ListCell(ward.shift_starts()),
          ward.opening_hours(),
          ListCell(ward.services())};
}

Cells CellsOf(const v1::Endpoint& endpoint) {
  return {endpoint.id(), endpoint.name(), endpoint.ward_id(), ClassCell(endpoint.class_()),
          ListCell(endpoint.tags())};
}

Cells CellsOf(const v1::PlacementRule& rule) {
  return {rule.id(),
          rule.ward_id(),
          ClassCell(rule.class_()),
          ListCell(rule.tags()),
          rule.site_id(),
          std::to_string(rule.order())};
}

Cells CellsOf(const v1::Person& person) {
  return {person.id(), person.name(), person.role(), person.team_id(), ListCell(person.wards())};
}

Cells CellsOf(const v1::Team& team) { return {team.id(), team.name(), team.phone()}; }

Cells CellsOf(const v1::Service& service) {
  return {service.id(), service.name(), service.team_id(), ListCell(service.depends_on())};
}

}  // namespace wardcast
