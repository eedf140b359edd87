#include "server/directory/change/references.h"

#include <google/protobuf/util/json_util.h>

#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "server/directory/near_match.h"
#include "wardcast/v1/alert.pb.h"

namespace wardcast {
namespace {

// The ids of one list, as targets.
class Targets {
 public:
  template <class T>
  Targets(const char* noun, const Loaded<T>& list) : noun_(noun), file_(list.file) {
    ids_.reserve(list.items.size());
    for (const T& item : list.items) {
      if (ids_.insert(item.id()).second) in_order_.push_back(item.id());
    }
  }

  // Notes `id`, which item `index` of `from` names as its `what`, if it does not exist.
  template <class T>
  void Check(const std::string& id, const Loaded<T>& from, std::size_t index, const char* what,
             Findings& findings) const {
    if (ids_.contains(id)) return;
    if (findings.full()) return findings.Add({}, {});
    const std::string named = std::string(noun_) + " \"" + id.substr(0, 80) + "\"";
    if (from.replaced) {
      findings.Add(std::string(from.Place(index)), std::string(what) + ": there is no " + named +
                                                       Suggestion(NearMatch(id, in_order_)));
    } else {
      findings.Add(file_, "has no " + named + ", but \"" + from.items[index].id() + "\" in " +
                              from.file + " needs it: import " + from.file + " along with it");
    }
  }

 private:
  const char* const noun_;
  const std::string& file_;
  std::unordered_set<std::string_view> ids_;
  std::vector<std::string_view> in_order_;
};

// Calls `check(item, index)` for each item.
template <class T, class Check>
void ForEach(const Loaded<T>& list, Check check) {
  for (std::size_t i = 0; i < list.items.size(); ++i) check(list.items[i], i);
}

}  // namespace

void CheckReferences(const LoadedDirectory& d, Findings& findings) {
  const Targets sites("site", d.sites);
  const Targets buildings("building", d.buildings);
  const Targets wards("ward", d.wards);
  const Targets teams("team", d.teams);
  const Targets services("service", d.services);

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
      if (needed == service.id() && d.services.replaced)
        findings.Add(std::string(d.services.Place(i)), "depends_on: a service cannot need itself");
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
}

}  // namespace wardcast
