#include "server/directory/files/csv_entities.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "server/directory/files/csv_columns.h"
#include "server/directory/files/sheet.h"
#include "server/directory/opening_hours.h"
#include "server/directory/placement/pattern.h"

namespace wardcast {
namespace {

constexpr std::size_t kPhone = 40;

// Those that the product's own words are there in.
bool IsLanguage(std::string_view text) {
  constexpr std::array<std::string_view, 4> kLanguages{"en", "de", "es", "fr"};
  return std::ranges::find(kLanguages, text) != kLanguages.end();
}

// Reads each row by `read(row, item)`.
template <class T, class Read>
Loaded<T> ReadAll(const char* file, const SheetInput& input, std::span<const Column> columns,
                  Findings& findings, Read read) {
  const Sheet sheet(file, input, columns, findings);
  Loaded<T> list{.file = file, .items = {}};
  list.items.resize(sheet.size());
  list.places.reserve(sheet.size());
  for (std::size_t i = 0; i < sheet.size(); ++i) {
    SheetRow row = sheet.Row(i);
    read(row, list.items[i]);
    list.places.push_back(row.place());
  }
  NoteDuplicates(list, columns.front().name, findings);
  return list;
}

// Ids in a list cell. Whether they exist is checked later; a malformed one cannot exist.
template <class Field>
void MoveInto(Field* field, std::vector<std::string> items) {
  for (std::string& item : items) *field->Add() = std::move(item);
}

void ReadTags(SheetRow& row, std::size_t column,
              google::protobuf::RepeatedPtrField<std::string>& tags) {
  MoveInto(&tags, row.List(column, 40));
  for (const std::string& tag : tags) {
    if (const std::string fault = IdFault(tag, IdForm::kPlain); !fault.empty())
      row.Fault(column, fault);
  }
}

v1::EndpointClass::Value ReadClass(SheetRow& row, std::size_t column) {
  const std::string name = row.Text(column);
  auto value = v1::EndpointClass::UNSPECIFIED;
  if (!name.empty() &&
      (!v1::EndpointClass::Value_Parse(name, &value) || value == v1::EndpointClass::UNSPECIFIED)) {
    row.Fault(column, "\"" + name +
                          "\" is no class: write STANDARD, CLINICAL, DOWNTIME or BOARD, "
                          "or leave it empty for the ward type's default");
  }
  return value;
}

}  // namespace

Loaded<v1::Site> ReadSites(const SheetInput& input, const ZoneCheck& zone_exists,
                           Findings& findings) {
  return ReadAll<v1::Site>(
      "sites.csv", input, kSiteColumns, findings, [&](SheetRow& row, v1::Site& site) {
        site.set_id(row.Id(0, IdForm::kPlain));
        site.set_name(row.Text(1));
        site.set_zone(row.Text(2));
        if (!site.zone().empty() && !zone_exists(site.zone())) {
          row.Fault(2,
                    "\"" + site.zone() + "\" is no IANA zone name: write it like America/Denver");
        }
        site.set_phone(row.Text(3, kPhone));
        site.set_phone_fallback(row.Text(4));
        site.set_emergency_phone(row.Text(5, kPhone));
        site.set_language(row.Text(6));
        if (!site.language().empty() && !IsLanguage(site.language()))
          row.Fault(6, "must be en, de, es or fr, or empty for en");
      });
}

Loaded<v1::Building> ReadBuildings(const SheetInput& input, Findings& findings) {
  return ReadAll<v1::Building>("buildings.csv", input, kBuildingColumns, findings,
                               [](SheetRow& row, v1::Building& building) {
                                 building.set_id(row.Id(0, IdForm::kPlain));
                                 building.set_name(row.Text(1));
                                 building.set_site_id(row.Text(2));
                               });
}

Loaded<v1::Ward> ReadWards(const SheetInput& input, Findings& findings) {
  return ReadAll<v1::Ward>(
      "wards.csv", input, kWardColumns, findings, [](SheetRow& row, v1::Ward& ward) {
        ward.set_id(row.Id(0, IdForm::kPlain));
        ward.set_name(row.Text(1));
        ward.set_building_id(row.Text(2));
        ward.set_type(row.Id(3, IdForm::kPlain));
        ward.set_floor(row.Text(4, 40));
        ward.set_walking_order(row.Number(5));
        MoveInto(ward.mutable_phones(), row.List(6, kPhone));
        if (ward.phones_size() > 2) row.Fault(6, "a ward has at most two phones");
        ward.set_radio_channel(row.Text(7, 40));
        ward.set_downtime_pc(row.Text(8));
        ward.set_binder(row.Text(9));
        MoveInto(ward.mutable_shift_starts(), row.List(10));
        for (const std::string& start : ward.shift_starts()) {
          if (!IsClockTime(start))
            row.Fault(10, "\"" + start + "\" is no time of day: write it like 07:00");
        }
        ward.set_opening_hours(row.Text(11));
        if (!AreOpeningHours(ward.opening_hours())) {
          row.Fault(11, "\"" + ward.opening_hours() +
                            "\" are no opening hours: write them like Mon-Fri 07:00-19:00, several "
                            "separated by \";\", or leave the cell empty for always");
        }
        MoveInto(ward.mutable_services(), row.List(12));
      });
}

Loaded<v1::Endpoint> ReadEndpoints(const SheetInput& input, Findings& findings) {
  return ReadAll<v1::Endpoint>("endpoints.csv", input, kEndpointColumns, findings,
                               [](SheetRow& row, v1::Endpoint& endpoint) {
                                 endpoint.set_id(row.Id(0, IdForm::kEndpoint));
                                 endpoint.set_name(row.Text(1));
                                 if (endpoint.name().empty()) endpoint.set_name(endpoint.id());
                                 endpoint.set_ward_id(row.Text(2));
                                 endpoint.set_class_(ReadClass(row, 3));
                                 ReadTags(row, 4, *endpoint.mutable_tags());
                               });
}

Loaded<v1::PlacementRule> ReadPlacement(const SheetInput& input, Findings& findings) {
  int position = 0;
  return ReadAll<v1::PlacementRule>(
      "placement.csv", input, kPlacementColumns, findings,
      [&position](SheetRow& row, v1::PlacementRule& rule) {
        ++position;
        rule.set_id(PatternFrom(row.Text(0)));
        if (const std::string fault = PatternFault(rule.id()); !rule.id().empty() && !fault.empty())
          row.Fault(0, fault);
        rule.set_ward_id(row.Text(1));
        rule.set_class_(ReadClass(row, 2));
        ReadTags(row, 3, *rule.mutable_tags());
        rule.set_site_id(row.Text(4));
        rule.set_order(row.Text(5).empty() ? position : row.Number(5));
      });
}

Loaded<v1::Person> ReadPeople(const SheetInput& input, Findings& findings) {
  return ReadAll<v1::Person>("people.csv", input, kPersonColumns, findings,
                             [](SheetRow& row, v1::Person& person) {
                               person.set_id(row.Id(0, IdForm::kEndpoint));
                               person.set_name(row.Text(1));
                               person.set_role(row.Text(2, 60));
                               person.set_team_id(row.Text(3));
                               MoveInto(person.mutable_wards(), row.List(4));
                             });
}

Loaded<v1::Team> ReadTeams(const SheetInput& input, Findings& findings) {
  return ReadAll<v1::Team>("teams.csv", input, kTeamColumns, findings,
                           [](SheetRow& row, v1::Team& team) {
                             team.set_id(row.Id(0, IdForm::kPlain));
                             team.set_name(row.Text(1));
                             team.set_phone(row.Text(2, kPhone));
                           });
}

Loaded<v1::Service> ReadServices(const SheetInput& input, Findings& findings) {
  return ReadAll<v1::Service>("services.csv", input, kServiceColumns, findings,
                              [](SheetRow& row, v1::Service& service) {
                                service.set_id(row.Id(0, IdForm::kPlain));
                                service.set_name(row.Text(1));
                                service.set_team_id(row.Text(2));
                                MoveInto(service.mutable_depends_on(), row.List(3));
                              });
}

}  // namespace wardcast
