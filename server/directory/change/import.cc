#include "server/directory/change/import.h"

#include <algorithm>
#include <array>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "server/directory/change/references.h"
#include "server/directory/files/catalogue_json.h"
#include "server/directory/near_match.h"

namespace wardcast {
namespace {

constexpr std::array<std::string_view, 10> kFileNames{
    "sites.csv",  "buildings.csv", "wards.csv",    "endpoints.csv",   "placement.csv",
    "people.csv", "teams.csv",     "services.csv", "procedures.json", "templates.json"};

// A list that no file is about.
template <class T>
Loaded<T> Kept(const char* file, const std::vector<T>& items) {
  return {.file = file, .replaced = false, .items = items, .places = {}};
}

// The text of a file of the import, or nullptr.
const std::string_view* Find(const std::vector<ImportFileView>& files, std::string_view name) {
  const auto found = std::ranges::find(files, name, &ImportFileView::name);
  return found == files.end() ? nullptr : &found->content;
}

// The endpoints that a rule has placed, or those that somebody has listed.
enum class PlacedBy { kRule, kList };
std::vector<v1::Endpoint> Endpoints(const DirectoryContent& content, PlacedBy wanted) {
  std::vector<v1::Endpoint> endpoints;
  for (const v1::Endpoint& endpoint : content.endpoints) {
    if (endpoint.by_rule() == (wanted == PlacedBy::kRule)) endpoints.push_back(endpoint);
  }
  return endpoints;
}

// Those of `by_rule` that stay beside the listed ones: in no file, their ward still there.
std::vector<v1::Endpoint> StillByRule(std::vector<v1::Endpoint> by_rule,
                                      const LoadedDirectory& loaded) {
  if (by_rule.empty()) return by_rule;
  std::unordered_set<std::string_view> listed;
  for (const v1::Endpoint& endpoint : loaded.endpoints.items) listed.insert(endpoint.id());
  std::unordered_set<std::string_view> wards;
  for (const v1::Ward& ward : loaded.wards.items) wards.insert(ward.id());
  std::erase_if(by_rule, [&](const v1::Endpoint& endpoint) {
    return listed.contains(endpoint.id()) || !wards.contains(endpoint.ward_id());
  });
  return by_rule;
}

// Reads what the import has and keeps the rest.
LoadedDirectory Load(const DirectoryContent& current, const std::vector<ImportFileView>& files,
                     const ZoneCheck& zone_exists, Findings& findings) {
  const auto load = [&](const char* file, const auto& kept, auto read) {
    const std::string_view* text = Find(files, file);
    return text ? read(*text) : Kept(file, kept);
  };
  const auto noting = [&](auto* read) {
    return [&findings, read](std::string_view text) { return read(text, findings); };
  };
  return {
      .sites = load("sites.csv", current.sites,
                    [&](std::string_view text) { return ReadSites(text, zone_exists, findings); }),
      .buildings = load("buildings.csv", current.buildings, noting(ReadBuildings)),
      .wards = load("wards.csv", current.wards, noting(ReadWards)),
      .endpoints =
          load("endpoints.csv", Endpoints(current, PlacedBy::kList), noting(ReadEndpoints)),
      .placement = load("placement.csv", current.placement, noting(ReadPlacement)),
      .people = load("people.csv", current.people, noting(ReadPeople)),
      .teams = load("teams.csv", current.teams, noting(ReadTeams)),
      .services = load("services.csv", current.services, noting(ReadServices)),
      .procedures = load("procedures.json", current.procedures, noting(ReadProcedures)),
      .templates = load("templates.json", current.templates, noting(ReadTemplates))};
}

template <class T>
void Compare(const std::vector<T>& before, const Loaded<T>& after, v1::ImportCount& count) {
  std::unordered_map<std::string_view, const T*> old;
  old.reserve(before.size());
  for (const T& item : before) old.emplace(item.id(), &item);
  int added = 0;
  int changed = 0;
  for (const T& item : after.items) {
    const auto found = old.find(item.id());
    if (found == old.end()) {
      ++added;
    } else if (found->second->SerializeAsString() != item.SerializeAsString()) {
      ++changed;
    }
  }
  const int kept = static_cast<int>(after.items.size()) - added;
  count.set_added(added);
  count.set_changed(changed);
  count.set_unchanged(kept - changed);
  count.set_removed(static_cast<int>(before.size()) - kept);
}

template <class T>
std::vector<T> Sorted(Loaded<T>& list) {
  if (list.replaced) std::ranges::sort(list.items, {}, &T::id);
  return std::move(list.items);
}

// What is wrong with the set of files.
void CheckNames(const std::vector<ImportFileView>& files, Findings& findings) {
  if (files.empty()) findings.Add("files", "are missing: give at least one, for example wards.csv");
  for (auto file = files.begin(); file != files.end(); ++file) {
    const std::string name(file->name.substr(0, 80));
    if (std::ranges::find(kFileNames, file->name) == kFileNames.end()) {
      std::string known;
      for (const std::string_view one : kFileNames)
        known += (known.empty() ? "" : ", ") + std::string(one);
      findings.Add(name, "is no file of an import" + Suggestion(NearMatch(name, kFileNames)) +
                             " (known: " + known + ")");
    } else if (std::find_if(files.begin(), file, [&](const ImportFileView& earlier) {
                 return earlier.name == file->name;
               }) != file) {
      findings.Add(name, "is there twice");
    }
  }
}

}  // namespace

Result<ImportPlan> PlanImport(const DirectoryContent& current,
                              const std::vector<ImportFileView>& files,
                              const ZoneCheck& zone_exists) {
  std::size_t bytes = 0;
  for (const ImportFileView& file : files) bytes += file.content.size();
  if (bytes > kMostImportBytes) {
    return Fail(Code::kResourceExhausted,
                "nothing was imported: the files have " + std::to_string(bytes) +
                    " bytes, at most " + std::to_string(kMostImportBytes) + " fit into one import");
  }
  Findings findings;
  CheckNames(files, findings);
  if (!findings.empty()) return findings.Refusal();
  LoadedDirectory loaded = Load(current, files, zone_exists, findings);
  // References into a file that could not be read would only hide what is wrong with it.
  if (findings.empty()) CheckReferences(loaded, findings);
  if (!findings.empty()) return findings.Refusal();

  const std::vector<v1::Endpoint> by_rule =
      StillByRule(Endpoints(current, PlacedBy::kRule), loaded);
  ImportPlan plan;
  for (const ImportFileView& file : files) {
    v1::ImportCount& count = plan.counts.emplace_back();
    count.set_file(std::string(file.name));
    const auto compare = [&](const auto& before, const auto& after) {
      if (file.name == after.file) Compare(before, after, count);
    };
    compare(current.sites, loaded.sites);
    compare(current.buildings, loaded.buildings);
    compare(current.wards, loaded.wards);
    compare(current.endpoints, loaded.endpoints);
    // Those that stay by rule are not this file's: it takes none of them away.
    if (file.name == loaded.endpoints.file)
      count.set_removed(count.removed() - static_cast<int>(by_rule.size()));
    compare(current.placement, loaded.placement);
    compare(current.people, loaded.people);
    compare(current.teams, loaded.teams);
    compare(current.services, loaded.services);
    compare(current.procedures, loaded.procedures);
    compare(current.templates, loaded.templates);
  }
  plan.content = {.sites = Sorted(loaded.sites),
                  .buildings = Sorted(loaded.buildings),
                  .wards = Sorted(loaded.wards),
                  .endpoints = Sorted(loaded.endpoints),
                  .placement = Sorted(loaded.placement),
                  .people = Sorted(loaded.people),
                  .teams = Sorted(loaded.teams),
                  .services = Sorted(loaded.services),
                  .procedures = Sorted(loaded.procedures),
                  .templates = Sorted(loaded.templates)};
  if (!by_rule.empty()) {
    plan.content.endpoints.insert(plan.content.endpoints.end(), by_rule.begin(), by_rule.end());
    std::ranges::sort(plan.content.endpoints, {}, &v1::Endpoint::id);
  }
  return plan;
}

}  // namespace wardcast
