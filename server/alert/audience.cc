#include "server/alert/audience.h"

#include <algorithm>
#include <string_view>
#include <utility>

namespace wardcast {
namespace {

using Ids = std::unordered_set<std::string_view>;

template <class Field>
Ids SetOf(const Field& field) {
  return Ids(field.begin(), field.end());
}

// Sites, buildings and wards, of an audience or of its exclusions.
class Places {
 public:
  template <class Message>
  explicit Places(const Message& message)
      : sites_(SetOf(message.sites())),
        buildings_(SetOf(message.buildings())),
        wards_(SetOf(message.wards())) {}

  bool empty() const { return sites_.empty() && buildings_.empty() && wards_.empty(); }

  bool Have(const v1::Ward& ward, const Directory& directory) const {
    if (wards_.contains(ward.id()) || buildings_.contains(ward.building_id())) return true;
    if (sites_.empty()) return false;
    const v1::Site* site = directory.SiteOfWard(ward.id());
    return site && sites_.contains(site->id());
  }

 private:
  const Ids sites_;
  const Ids buildings_;
  const Ids wards_;
};

// Everything about an endpoint but its place.
class Filters {
 public:
  Filters(const v1::Audience& audience, const Directory& directory)
      : audience_(audience),
        directory_(directory),
        excluded_(SetOf(audience.exclude().endpoints())),
        asks_class_(audience.classes_size() > 0 || audience.exclude().classes_size() > 0) {}

  // True: some endpoints of a place may be left out for what they are.
  bool any() const {
    return audience_.classes_size() > 0 || audience_.tags_size() > 0 || audience_.roles_size() > 0;
  }

  // True: there are endpoints, and each is of a class that is taken out.
  bool TakeOutClassesOf(const ResolvedAudience::Endpoints& endpoints) const {
    const auto& classes = audience_.exclude().classes();
    return !classes.empty() && !endpoints.empty() &&
           std::ranges::all_of(endpoints, [&](const v1::Endpoint* endpoint) {
             return Has(classes, directory_.ClassOf(*endpoint));
           });
  }

  bool Pass(const v1::Endpoint& endpoint) const {
    if (audience_.roles_size() > 0) return false;  // a role is a person's
    if (excluded_.contains(endpoint.id())) return false;
    if (asks_class_) {
      const v1::EndpointClass::Value its = directory_.ClassOf(endpoint);
      if (audience_.classes_size() > 0 && !Has(audience_.classes(), its)) return false;
      if (Has(audience_.exclude().classes(), its)) return false;
    }
    const auto has_any = [&endpoint](const auto& tags) {
      return std::ranges::any_of(tags,
                                 [&](const std::string& tag) { return Has(endpoint.tags(), tag); });
    };
    if (audience_.tags_size() > 0 && !has_any(audience_.tags())) return false;
    return !has_any(audience_.exclude().tags());
  }

 private:
  template <class List, class Value>
  static bool Has(const List& list, const Value& value) {
    return std::ranges::find(list, value) != list.end();
  }

  const v1::Audience& audience_;
  const Directory& directory_;
  const Ids excluded_;
  const bool asks_class_;
};

}  // namespace

ResolvedAudience Resolve(const v1::Audience& audience, const std::vector<std::string>& services,
                         const Directory& directory) {
  ResolvedAudience resolved;
  const Places places(audience);
  const Places exclusions(audience.exclude());
  const Filters filters(audience, directory);
  const Ids singles = SetOf(audience.endpoints());
  resolved.from_services = !services.empty() && !audience.everyone() && places.empty() &&
                           audience.services().empty() && singles.empty();
  const std::vector<const v1::Ward*> depending = directory.WardsDependingOn(
      resolved.from_services
          ? services
          : std::vector<std::string>(audience.services().begin(), audience.services().end()));
  const std::unordered_set<const v1::Ward*> by_service(depending.begin(), depending.end());

  const auto take = [&](const v1::Endpoint& endpoint, ResolvedAudience::Endpoints& expected) {
    resolved.endpoints.push_back(&endpoint);
    if (endpoint.class_() == v1::EndpointClass::BOARD) {
      ++resolved.boards;
    } else {
      expected.push_back(&endpoint);
    }
  };

  for (const v1::Ward* ward : directory.WardsInOrder()) {
    if (exclusions.Have(*ward, directory)) continue;
    const bool named =
        audience.everyone() || by_service.contains(ward) || places.Have(*ward, directory);
    if (!named && singles.empty()) continue;
    ResolvedAudience::Ward row{.ward_id = ward->id(), .expected = {}};
    const ResolvedAudience::Endpoints& its = directory.EndpointsOfWard(ward->id());
    for (const v1::Endpoint* endpoint : its) {
      if ((named || singles.contains(endpoint->id())) && filters.Pass(*endpoint))
        take(*endpoint, row.expected);
    }
    // A ward without a PC shall know as well: somebody can call it. But not if only some kind of
    // endpoint is meant and it has none, or if all that it has are of a kind that is not meant.
    if (!row.expected.empty() || (named && !filters.any() && !filters.TakeOutClassesOf(its)))
      resolved.wards.push_back(std::move(row));
  }
  for (const v1::Endpoint* endpoint : directory.EndpointsOfWard({})) {
    if ((audience.everyone() || singles.contains(endpoint->id())) && filters.Pass(*endpoint))
      take(*endpoint, resolved.unplaced);
  }
  return resolved;
}

std::shared_ptr<const ResolvedAudience> ResolveShared(const v1::Audience& audience,
                                                      const std::vector<std::string>& services,
                                                      const Directory& directory) {
  std::string key;
  for (const std::string& service : services) key += service + '\n';
  key += '\0' + audience.SerializeAsString();
  return directory.memo().Get<ResolvedAudience>(
      key, [&] { return Resolve(audience, services, directory); });
}

AudiencePtr AudienceOf(const v1::Alert& alert, const Directory& directory) {
  return ResolveShared(alert.audience(), {alert.services().begin(), alert.services().end()},
                       directory);
}

std::vector<std::string> SitesOf(const ResolvedAudience& audience, const Directory& directory) {
  std::vector<std::string> sites;
  for (const ResolvedAudience::Ward& ward : audience.wards) {
    const v1::Site* site = directory.SiteOfWard(ward.ward_id);
    if (site && std::ranges::find(sites, site->id()) == sites.end()) sites.push_back(site->id());
  }
  return sites;
}

}  // namespace wardcast
