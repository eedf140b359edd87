#include "server/directory/change/plan.h"

#include <algorithm>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace wardcast {
namespace {

constexpr std::size_t kMostEntries = 200'000;
constexpr std::size_t kMostPages = 5'000;
// Each unlisted endpoint is held against each rule.
constexpr std::size_t kMostRules = 2'000;

// A list that the change is not about.
template <class T>
Loaded<T> Kept(const char* file, const std::vector<T>& items) {
  return {.file = file, .items = items};
}

// The endpoints that a rule has placed, or those that somebody has listed.
enum class PlacedBy { kRule, kList };
std::vector<v1::Endpoint> EndpointsPlaced(const DirectoryContent& content, PlacedBy wanted) {
  std::vector<v1::Endpoint> endpoints;
  for (const v1::Endpoint& endpoint : content.endpoints) {
    if (endpoint.by_rule() == (wanted == PlacedBy::kRule)) endpoints.push_back(endpoint);
  }
  return endpoints;
}

// Those by rule that stay beside the listed ones: in no list, their ward still there.
std::vector<v1::Endpoint> StillByRule(const DirectoryContent& current,
                                      const LoadedDirectory& loaded) {
  std::vector<v1::Endpoint> by_rule = EndpointsPlaced(current, PlacedBy::kRule);
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
  if (!std::ranges::is_sorted(list.items, {}, &T::id)) std::ranges::sort(list.items, {}, &T::id);
  return std::move(list.items);
}

}  // namespace

LoadedDirectory AsItIs(const DirectoryContent& content) {
  return {.sites = Kept("sites.csv", content.sites),
          .buildings = Kept("buildings.csv", content.buildings),
          .wards = Kept("wards.csv", content.wards),
          .endpoints = Kept("endpoints.csv", EndpointsPlaced(content, PlacedBy::kList)),
          .placement = Kept("placement.csv", content.placement),
          .people = Kept("people.csv", content.people),
          .teams = Kept("teams.csv", content.teams),
          .services = Kept("services.csv", content.services),
          .procedures = Kept("procedures.json", content.procedures),
          .templates = Kept("templates.json", content.templates)};
}

void CheckSizes(const LoadedDirectory& loaded, Findings& findings) {
  const auto check = [&](const auto& list, std::size_t most, const char* noun = "entries") {
    if (list.items.size() <= most) return;
    findings.Add(list.file, "has " + std::to_string(list.items.size()) + " " + noun + ", at most " +
                                std::to_string(most) + " fit");
  };
  check(loaded.sites, kMostEntries);
  check(loaded.buildings, kMostEntries);
  check(loaded.wards, kMostEntries);
  check(loaded.endpoints, kMostEntries);
  check(loaded.placement, kMostRules, "rules");
  check(loaded.people, kMostEntries);
  check(loaded.teams, kMostEntries);
  check(loaded.services, kMostEntries);
  check(loaded.procedures, kMostPages);
  check(loaded.templates, kMostPages);
}

ChangePlan MakePlan(const DirectoryContent& current, LoadedDirectory loaded,
                    const std::vector<std::string_view>& files) {
  const std::vector<v1::Endpoint> by_rule = StillByRule(current, loaded);
  ChangePlan plan;
  for (const std::string_view file : files) {
    v1::ImportCount& count = plan.counts.emplace_back();
    count.set_file(std::string(file));
    const auto compare = [&](const auto& before, const auto& after) {
      if (file == after.file) Compare(before, after, count);
    };
    compare(current.sites, loaded.sites);
    compare(current.buildings, loaded.buildings);
    compare(current.wards, loaded.wards);
    compare(current.endpoints, loaded.endpoints);
    // Those that stay by rule are not this file's: it takes none of them away.
    if (file == loaded.endpoints.file)
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
