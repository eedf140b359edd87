#include "server/directory/change/import.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "server/directory/change/references.h"
#include "server/directory/change/samples.h"
#include "server/directory/files/catalogue_json.h"
#include "server/directory/near_match.h"

namespace wardcast {
namespace {

constexpr std::array<std::string_view, 10> kFileNames{
    "sites.csv",  "buildings.csv", "wards.csv",    "endpoints.csv",   "placement.csv",
    "people.csv", "teams.csv",     "services.csv", "procedures.json", "templates.json"};

// The text of a file of the import, or nullptr.
const std::string_view* Find(const std::vector<ImportFileView>& files, std::string_view name) {
  const auto found = std::ranges::find(files, name, &ImportFileView::name);
  return found == files.end() ? nullptr : &found->content;
}

// Reads what the import has and keeps the rest.
LoadedDirectory Load(const DirectoryContent& current, const std::vector<ImportFileView>& files,
                     const ZoneCheck& zone_exists, Findings& findings) {
  LoadedDirectory loaded = AsItIs(current);
  const auto load = [&](auto& list, auto* read) {
    if (const std::string_view* text = Find(files, list.file)) list = read(*text, findings);
  };
  if (const std::string_view* text = Find(files, loaded.sites.file))
    loaded.sites = ReadSites(*text, zone_exists, findings);
  load(loaded.buildings, ReadBuildings);
  load(loaded.wards, ReadWards);
  load(loaded.endpoints, ReadEndpoints);
  load(loaded.placement, ReadPlacement);
  load(loaded.people, ReadPeople);
  load(loaded.teams, ReadTeams);
  load(loaded.services, ReadServices);
  load(loaded.procedures, ReadProcedures);
  load(loaded.templates, ReadTemplates);
  return loaded;
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

Result<ChangePlan> PlanImport(const DirectoryContent& current,
                              const std::vector<ImportFileView>& files,
                              const ZoneCheck& zone_exists, const DirectoryContent& shipped) {
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
  CheckSizes(loaded, findings);
  std::vector<std::string_view> counted;
  counted.reserve(files.size());
  for (const ImportFileView& file : files) counted.push_back(file.name);
  // References into a file that could not be read would only hide what is wrong with it.
  if (findings.empty()) {
    for (const std::string_view file : DropSamples(loaded, shipped)) counted.push_back(file);
    CheckReferences(loaded, findings);
  }
  if (!findings.empty()) return findings.Refusal();
  return MakePlan(current, std::move(loaded), counted);
}

}  // namespace wardcast
