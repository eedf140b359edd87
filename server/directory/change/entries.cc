#include "server/directory/change/entries.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "server/directory/change/references.h"
#include "server/directory/change/samples.h"
#include "server/directory/files/catalogue_json.h"
#include "server/directory/files/csv_cells.h"
#include "server/directory/near_match.h"
#include "server/directory/utf8.h"

namespace wardcast {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

constexpr std::string_view kNothingChanged = "nothing was changed: ";

std::string EntryPlace(std::string_view list, int index) {
  return std::string(list) + "[" + std::to_string(index) + "]";
}

// The field that the files call `column`: "building" is building_id, "serviceId" is service_id.
std::string FieldOf(const google::protobuf::Descriptor& entry, std::string_view column) {
  const std::string name(column.substr(0, column.find('.')));
  if (name == "pattern") return "id";
  if (name == "alert") return "alert_json";
  if (entry.FindFieldByName(name)) return name;
  if (const FieldDescriptor* field = entry.FindFieldByName(name + "_id")) return field->name();
  if (const FieldDescriptor* field = entry.FindFieldByCamelcaseName(name)) return field->name();
  return name;
}

// All findings about the entries of `request`, with the names that the contract gives to fields.
std::unexpected<Error> Refusal(const Findings& findings, const Message& request) {
  std::vector<FieldViolation> violations;
  for (const auto& [place, column, description] : findings.listed()) {
    const FieldDescriptor* list =
        request.GetDescriptor()->FindFieldByName(place.substr(0, place.find('[')));
    const bool has_fields = list && list->message_type() && !column.empty();
    violations.push_back(
        {has_fields ? place + "." + FieldOf(*list->message_type(), column) : place, description});
  }
  return findings.RefusalOf(std::move(violations), "request", kNothingChanged);
}

// What a row could not hold as it was given: text that is not UTF-8, and ";" within an item of a
// list.
void CheckTexts(const std::string& place, const Message& entry, Findings& findings) {
  const auto* reflection = entry.GetReflection();
  for (int f = 0; f < entry.GetDescriptor()->field_count(); ++f) {
    const FieldDescriptor* field = entry.GetDescriptor()->field(f);
    if (field->cpp_type() != FieldDescriptor::CPPTYPE_STRING) continue;
    const int count = field->is_repeated() ? reflection->FieldSize(entry, field) : 1;
    std::string copy;
    for (int i = 0; i < count; ++i) {
      const std::string& text = field->is_repeated()
                                    ? reflection->GetRepeatedStringReference(entry, field, i, &copy)
                                    : reflection->GetStringReference(entry, field, &copy);
      if (FirstInvalidUtf8(text)) findings.Add(place, field->name(), "is not UTF-8");
      // Steps of a procedure are no cell.
      if (field->is_repeated() && field->name() != "steps" && text.contains(';'))
        findings.Add(place, field->name(), "an item holds \";\", which separates items in files");
    }
  }
}

template <class T>
void CheckAllTexts(const char* name, const google::protobuf::RepeatedPtrField<T>& entries,
                   Findings& findings) {
  for (int i = 0; i < entries.size(); ++i)
    CheckTexts(EntryPlace(name, i), entries.Get(i), findings);
}

// `list` with `given` in it: those with an id that is there replace it, the others come at the end.
template <class T>
void Merge(Loaded<T>& list, Loaded<T> given) {
  std::unordered_map<std::string, std::size_t> at;
  at.reserve(list.items.size());
  for (std::size_t i = 0; i < list.items.size(); ++i) at.emplace(list.items[i].id(), i);
  list.places.resize(list.items.size());
  for (std::size_t i = 0; i < given.items.size(); ++i) {
    if (const auto found = at.find(given.items[i].id()); found != at.end()) {
      list.items[found->second] = std::move(given.items[i]);
      list.places[found->second] = std::move(given.places[i]);
    } else {
      list.items.push_back(std::move(given.items[i]));
      list.places.push_back(std::move(given.places[i]));
    }
  }
}

// One upsert: every list that the request has goes through it.
class Upsert {
 public:
  explicit Upsert(const DirectoryContent& current) : current_(current), loaded_(AsItIs(current)) {}

  LoadedDirectory& loaded() { return loaded_; }
  Findings& findings() { return findings_; }

  // Entries that are rows of a CSV file; `read(input)` reads them.
  template <class T, class Read>
  void Rows(const char* name, const google::protobuf::RepeatedPtrField<T>& entries, Loaded<T>& list,
            Read read) {
    if (!Begin(name, entries, list)) return;
    EntryRows rows{.place = name, .cells = {}};
    for (const T& entry : entries) rows.cells.push_back(CellsOf(entry));
    Merge(list, read(SheetInput(std::move(rows))));
  }
  // Entries of a JSON file; `check(entries, findings)` checks them.
  template <class T, class Check>
  void Items(const char* name, const google::protobuf::RepeatedPtrField<T>& entries,
             Loaded<T>& list, Check check) {
    if (!Begin(name, entries, list)) return;
    Merge(list, check(std::vector<T>(entries.begin(), entries.end()), findings_));
  }

  Result<ChangePlan> Plan(const Message& request) {
    if (files_.empty()) findings_.Add("request", "is empty: give at least one entry");
    if (findings_.empty()) CheckSizes(loaded_, findings_);
    if (findings_.empty()) CheckReferences(loaded_, findings_);
    if (!findings_.empty()) return Refusal(findings_, request);
    return MakePlan(current_, std::move(loaded_),
                    std::vector<std::string_view>(files_.begin(), files_.end()));
  }

 private:
  // False: there is nothing to read, or its texts cannot be.
  template <class T>
  bool Begin(const char* name, const google::protobuf::RepeatedPtrField<T>& entries,
             const Loaded<T>& list) {
    if (entries.empty()) return false;
    files_.push_back(list.file);
    const std::size_t before = findings_.count();
    CheckAllTexts(name, entries, findings_);
    return findings_.count() == before;
  }

  const DirectoryContent& current_;
  LoadedDirectory loaded_;
  Findings findings_;
  std::vector<std::string> files_;
};

// One removal.
class Removal {
 public:
  explicit Removal(const DirectoryContent& current) : current_(current), loaded_(AsItIs(current)) {}

  template <class T>
  void Take(const char* name, const google::protobuf::RepeatedPtrField<std::string>& ids,
            Loaded<T>& list) {
    if (ids.empty()) return;
    files_.push_back(list.file);
    std::unordered_map<std::string_view, const T*> known;
    std::vector<std::string_view> in_order;
    for (const T& item : list.items) {
      known.emplace(item.id(), &item);
      in_order.push_back(item.id());
    }
    // Near matches are looked for among few only.
    constexpr std::size_t kFew = 4'000;
    if (in_order.size() > kFew) in_order.clear();
    for (int i = 0; i < ids.size(); ++i) {
      const std::string& id = ids.Get(i);
      if (known.contains(id)) {
        if (!list.removed.emplace(id, EntryPlace(name, i)).second)
          findings_.Add(EntryPlace(name, i), "is there twice");
      } else if (!findings_.full()) {
        findings_.Add(EntryPlace(name, i), Unknown(id, list.file, in_order));
      } else {
        findings_.Add({}, {});
      }
    }
    std::erase_if(list.items, [&](const T& item) { return list.removed.contains(item.id()); });
  }

  LoadedDirectory& loaded() { return loaded_; }

  Result<ChangePlan> Plan(const Message& request, const DirectoryContent& shipped) {
    if (files_.empty()) findings_.Add("request", "is empty: give at least one id");
    if (findings_.empty()) {
      for (const std::string_view file : DropSamples(loaded_, shipped)) {
        if (std::ranges::find(files_, file) == files_.end()) files_.emplace_back(file);
      }
      CheckReferences(loaded_, findings_);
    }
    if (!findings_.empty()) return Refusal(findings_, request);
    return MakePlan(current_, std::move(loaded_),
                    std::vector<std::string_view>(files_.begin(), files_.end()));
  }

 private:
  std::string Unknown(const std::string& id, std::string_view file,
                      const std::vector<std::string_view>& known) const {
    const auto by_rule = std::ranges::lower_bound(current_.endpoints, id, {}, &v1::Endpoint::id);
    if (file == loaded_.endpoints.file && by_rule != current_.endpoints.end() &&
        by_rule->id() == id)
      return "this endpoint is placed by a rule: change the rule, or list the endpoint";
    if (!IdFault(id, IdForm::kEndpoint).empty()) return "there is no such entry";
    return "there is no \"" + id + "\"" + Suggestion(NearMatch(id, known));
  }

  const DirectoryContent& current_;
  LoadedDirectory loaded_;
  Findings findings_;
  std::vector<std::string> files_;
};

}  // namespace

Result<ChangePlan> PlanUpsert(const DirectoryContent& current,
                              const v1::UpsertDirectoryRequest& request,
                              const ZoneCheck& zone_exists) {
  Upsert upsert(current);
  LoadedDirectory& loaded = upsert.loaded();
  Findings& findings = upsert.findings();
  const auto by = [&findings](auto* read) {
    return [&findings, read](const SheetInput& input) { return read(input, findings); };
  };
  upsert.Rows("sites", request.sites(), loaded.sites,
              [&](const SheetInput& input) { return ReadSites(input, zone_exists, findings); });
  upsert.Rows("buildings", request.buildings(), loaded.buildings, by(ReadBuildings));
  upsert.Rows("wards", request.wards(), loaded.wards, by(ReadWards));
  upsert.Rows("endpoints", request.endpoints(), loaded.endpoints, by(ReadEndpoints));
  upsert.Rows("people", request.people(), loaded.people, by(ReadPeople));
  upsert.Rows("placement_rules", request.placement_rules(), loaded.placement, by(ReadPlacement));
  return upsert.Plan(request);
}

Result<ChangePlan> PlanUpsert(const DirectoryContent& current,
                              const v1::UpsertCatalogueRequest& request) {
  Upsert upsert(current);
  LoadedDirectory& loaded = upsert.loaded();
  Findings& findings = upsert.findings();
  const auto by = [&findings](auto* read) {
    return [&findings, read](const SheetInput& input) { return read(input, findings); };
  };
  upsert.Rows("teams", request.teams(), loaded.teams, by(ReadTeams));
  upsert.Rows("services", request.services(), loaded.services, by(ReadServices));
  upsert.Items("procedures", request.procedures(), loaded.procedures, CheckProcedures);
  upsert.Items("templates", request.templates(), loaded.templates, CheckTemplates);
  return upsert.Plan(request);
}

Result<ChangePlan> PlanRemoval(const DirectoryContent& current,
                               const v1::RemoveFromDirectoryRequest& request) {
  Removal removal(current);
  LoadedDirectory& loaded = removal.loaded();
  removal.Take("sites", request.sites(), loaded.sites);
  removal.Take("buildings", request.buildings(), loaded.buildings);
  removal.Take("wards", request.wards(), loaded.wards);
  removal.Take("endpoints", request.endpoints(), loaded.endpoints);
  removal.Take("people", request.people(), loaded.people);
  removal.Take("placement_rules", request.placement_rules(), loaded.placement);
  return removal.Plan(request, {});
}

Result<ChangePlan> PlanRemoval(const DirectoryContent& current,
                               const v1::RemoveFromCatalogueRequest& request,
                               const DirectoryContent& shipped) {
  Removal removal(current);
  LoadedDirectory& loaded = removal.loaded();
  removal.Take("teams", request.teams(), loaded.teams);
  removal.Take("services", request.services(), loaded.services);
  removal.Take("procedures", request.procedures(), loaded.procedures);
  removal.Take("templates", request.templates(), loaded.templates);
  return removal.Plan(request, shipped);
}

}  // namespace wardcast
