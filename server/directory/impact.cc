#include "server/directory/impact.h"

#include <algorithm>
#include <set>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

namespace wardcast {

Impact ProposeImpact(const Directory& directory, const std::vector<std::string>& services) {
  std::unordered_map<std::string_view, std::set<std::string_view>> dependants;
  for (const v1::Service& service : directory.content().services) {
    for (const std::string& needed : service.depends_on()) dependants[needed].insert(service.id());
  }
  const std::unordered_set<std::string_view> named(services.begin(), services.end());
  std::unordered_set<std::string_view> down = named;
  Impact impact;
  // One step away, two steps away, …
  std::set<std::string_view> step(named.begin(), named.end());
  while (!step.empty()) {
    std::set<std::string_view> next;
    for (const std::string_view service : step) {
      const auto found = dependants.find(service);
      if (found == dependants.end()) continue;
      for (const std::string_view dependant : found->second) {
        if (down.insert(dependant).second) next.insert(dependant);
      }
    }
    for (const std::string_view service : next)
      impact.affected.push_back(directory.FindService(service));
    step = std::move(next);
  }

  std::unordered_set<std::string_view> works;
  for (const v1::Ward* ward : directory.WardsInOrder()) {
    const auto needs_any_of = [&](const auto& ids) {
      return std::ranges::any_of(ward->services(),
                                 [&](const std::string& id) { return ids.contains(id); });
    };
    if (needs_any_of(named)) {
      impact.wards.push_back(ward);
    } else if (needs_any_of(down)) {
      impact.further_wards.push_back(ward);
    } else {
      continue;
    }
    for (const std::string& id : ward->services()) {
      const v1::Service* service = directory.FindService(id);
      if (service && !down.contains(id) && works.insert(id).second)
        impact.still_works.push_back(service);
    }
  }
  std::ranges::sort(impact.still_works, {}, &v1::Service::name);
  return impact;
}

}  // namespace wardcast
