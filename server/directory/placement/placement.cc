#include "server/directory/placement/placement.h"

#include <algorithm>
#include <tuple>
#include <unordered_set>
#include <utility>

#include "server/directory/placement/pattern.h"

namespace wardcast {
namespace {

bool IsAtTheSamePlace(const v1::Endpoint& a, const v1::Endpoint& b) {
  return a.ward_id() == b.ward_id() && a.class_() == b.class_() &&
         std::ranges::equal(a.tags(), b.tags());
}

}  // namespace

PlacementRules::PlacementRules(const std::vector<v1::PlacementRule>& rules) {
  rules_.reserve(rules.size());
  for (const v1::PlacementRule& rule : rules) rules_.push_back(&rule);
  std::ranges::sort(rules_, {}, [](const v1::PlacementRule* rule) {
    return std::tuple<int, std::string_view>(rule->order(), rule->id());
  });
}

std::optional<v1::Endpoint> PlacementRules::Place(const std::string& endpoint_id,
                                                  std::string_view site_id) const {
  const auto fits = [&](const v1::PlacementRule* rule) {
    return (rule->site_id().empty() || rule->site_id() == site_id) &&
           FitsPattern(endpoint_id, rule->id());
  };
  const auto found = std::ranges::find_if(rules_, fits);
  if (found == rules_.end()) return std::nullopt;
  const v1::PlacementRule& rule = **found;
  v1::Endpoint endpoint;
  endpoint.set_id(endpoint_id);
  endpoint.set_name(endpoint_id);
  endpoint.set_ward_id(rule.ward_id());
  endpoint.set_class_(rule.class_());
  *endpoint.mutable_tags() = rule.tags();
  endpoint.set_by_rule(true);
  return endpoint;
}

Placed PlaceByRules(const DirectoryContent& content, const Machines& machines, std::size_t most) {
  const PlacementRules rules(content.placement);
  Placed placed;
  placed.endpoints.reserve(content.endpoints.size() + machines.size());
  std::unordered_set<std::string_view> known;
  known.reserve(content.endpoints.size());
  std::size_t by_rule = 0;
  for (const v1::Endpoint& endpoint : content.endpoints) {
    known.insert(endpoint.id());
    if (!endpoint.by_rule()) {
      placed.endpoints.push_back(endpoint);
      continue;
    }
    const auto machine = machines.find(endpoint.id());
    const bool is_known = machine != machines.end();
    std::optional<v1::Endpoint> again;
    if (!is_known || !machine->second.revoked)
      again = rules.Place(endpoint.id(), is_known ? machine->second.site_id : "");
    if (!again) {
      ++placed.removed;
      continue;
    }
    ++by_rule;
    if (!IsAtTheSamePlace(endpoint, *again)) ++placed.moved;
    placed.endpoints.push_back(std::move(*again));
  }
  if (content.placement.empty()) return placed;
  for (const auto& [id, machine] : machines) {
    if (machine.revoked || known.contains(id)) continue;
    auto endpoint = rules.Place(id, machine.site_id);
    if (!endpoint) continue;
    if (by_rule >= most) {
      ++placed.left_out;
      continue;
    }
    ++by_rule;
    ++placed.added;
    placed.endpoints.push_back(std::move(*endpoint));
  }
  std::ranges::sort(placed.endpoints, {}, &v1::Endpoint::id);
  return placed;
}

}  // namespace wardcast
