#include "server/directory/change/references.h"

#include <google/protobuf/util/json_util.h>

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

#include "server/directory/near_match.h"
#include "server/directory/utf8.h"
#include "wardcast/v1/alert.pb.h"

namespace wardcast {
namespace {

// An id that somebody wrote, fit for a message.
std::string Shown(std::string_view id) {
  std::string shown(id.substr(0, 80));
  while (FirstInvalidUtf8(shown)) shown.pop_back();  // never half a character
  return shown;
}

// The ids of one list, as targets.
class Targets {
 public:
  template <class T>
  Targets(const char* noun, const Loaded<T>& list)
      : noun_(noun), file_(list.file), removed_(list.removed) {
    ids_.reserve(list.items.size());
    for (const T& item : list.items) {
      if (ids_.insert(item.id()).second) in_order_.push_back(item.id());
    }
  }

  // Notes `id`, which item `index` of `from` names as its `what`, if it does not exist.
  template <class T>
  void Check(const std::string& id, const Loaded<T>& from, std::size_t index, const char* what,
             Findings& findings) {
    if (ids_.contains(id)) return;
    const std::string_view place = from.Place(index);
    if (const auto gone = removed_.find(id); gone != removed_.end() && place.empty()) {
      auto& [first, count] = needed_[{gone->second, from.file}];
      if (count++ == 0) first = from.items[index].id();
      return;
    }
    if (findings.full()) return findings.Add({}, {});
    const std::string named = std::string(noun_) + " \"" + Shown(id) + "\"";
    if (!place.empty()) {
      findings.Add(std::string(place), what,
                   "there is no " + named + Suggestion(NearMatch(id, in_order_)));
    } else {
      findings.Add(file_, "has no " + named + ", but \"" + from.items[index].id() + "\" in " +
                              from.file + " needs it: import " + from.file + " along with it");
    }
  }

  // Says once for each removed entry and file who still needs it.
  void NoteNeeded(Findings& findings) const {
    for (const auto& [where, who] : needed_) {
      const auto& [place, file] = where;
      const auto& [first, count] = who;
      const std::string others =
          count == 1 ? "" : " and " + std::to_string(count - 1) + " more need it";
      findings.Add(place, std::string("this ") + noun_ + " cannot be removed: \"" + first +
                              "\" in " + file + (count == 1 ? " needs it" : others) +
                              "; change or remove that first");
    }
  }

 private:
  const char* const noun_;
  const std::string& file_;
  const std::map<std::string, std::string, std::less<>>& removed_;
  std::unordered_set<std::string_view> ids_;
  std::vector<std::string_view> in_order_;
  // By place and file: the first entry that needs it, and how many do.
  std::map<std::pair<std::string, std::string>, std::pair<std::string, int>> needed_;
};

// Calls `check(item, index)` for each item.
template <class T, class Check>
void ForEach(const Loaded<T>& list, Check check) {
  for (std::size_t i = 0; i < list.items.size(); ++i) check(list.items[i], i);
}

}  // namespace

void CheckReferences(const LoadedDirectory& d, Findings& findings) {
  Targets sites("site", d.sites);
  Targets buildings("building", d.buildings);
  Targets wards("ward", d.wards);
  Targets teams("team", d.teams);
  Targets services("service", d.services);

  ForEach(d.buildings, [&](const v1::Building& building, std::size_t i) {
    if (!building.site_id().empty())
      sites.Check(building.site_id(), d.buildings, i, "site", findings);
  });
  ForEach(d.wards, [&](const v1::Ward& ward, std::size_t i) {
    if (!ward.building_id().empty())
      buildings.Check(ward.building_id(), d.wards, i, "building", findings);
    for (const std::string& service : ward.services())
      services.Check(service, d.wards, i, "services", findings);
  });
  ForEach(d.endpoints, [&](const v1::Endpoint& endpoint, std::size_t i) {
    if (!endpoint.ward_id().empty())
      wards.Check(endpoint.ward_id(), d.endpoints, i, "ward", findings);
  });
  ForEach(d.placement, [&](const v1::PlacementRule& rule, std::size_t i) {
    if (!rule.ward_id().empty()) wards.Check(rule.ward_id(), d.placement, i, "ward", findings);
    if (!rule.site_id().empty()) sites.Check(rule.site_id(), d.placement, i, "site", findings);
  });
  ForEach(d.people, [&](const v1::Person& person, std::size_t i) {
    if (!person.team_id().empty()) teams.Check(person.team_id(), d.people, i, "team", findings);
    for (const std::string& ward : person.wards())
      wards.Check(ward, d.people, i, "wards", findings);
  });
  ForEach(d.services, [&](const v1::Service& service, std::size_t i) {
    if (!service.team_id().empty()) teams.Check(service.team_id(), d.services, i, "team", findings);
    for (const std::string& needed : service.depends_on()) {
      services.Check(needed, d.services, i, "depends_on", findings);
      if (needed == service.id() && !d.services.Place(i).empty())
        findings.Add(std::string(d.services.Place(i)), "depends_on",
                     "a service cannot need itself");
    }
  });
  ForEach(d.procedures, [&](const v1::Procedure& procedure, std::size_t i) {
    if (!procedure.service_id().empty())
      services.Check(procedure.service_id(), d.procedures, i, "serviceId", findings);
  });
  ForEach(d.templates, [&](const v1::Template& one, std::size_t i) {
    v1::Alert alert;
    if (!google::protobuf::util::JsonStringToMessage(one.alert_json(), &alert).ok()) return;
    for (const std::string& service : alert.services())
      services.Check(service, d.templates, i, "alert.services", findings);
  });
  for (const Targets* targets : {&sites, &buildings, &wards, &teams, &services})
    targets->NoteNeeded(findings);
}

}  // namespace wardcast
