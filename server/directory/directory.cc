#include "server/directory/directory.h"

#include <algorithm>
#include <tuple>
#include <unordered_set>
#include <utility>

#include "server/directory/ward_type.h"

namespace wardcast {
namespace {

template <class T>
std::unordered_map<std::string_view, const T*> IndexById(const std::vector<T>& list) {
  std::unordered_map<std::string_view, const T*> index;
  index.reserve(list.size());
  for (const T& one : list) index.emplace(one.id(), &one);
  return index;
}

template <class T>
const T* Find(const std::unordered_map<std::string_view, const T*>& index, std::string_view id) {
  const auto found = index.find(id);
  return found == index.end() ? nullptr : found->second;
}

}  // namespace

Directory::Directory(DirectoryContent content, std::int64_t version)
    : content_(std::move(content)),
      version_(version),
      sites_(IndexById(content_.sites)),
      buildings_(IndexById(content_.buildings)),
      wards_(IndexById(content_.wards)),
      endpoints_(IndexById(content_.endpoints)),
      teams_(IndexById(content_.teams)),
      services_(IndexById(content_.services)) {
  wards_in_order_.reserve(content_.wards.size());
  for (const v1::Ward& ward : content_.wards) wards_in_order_.push_back(&ward);
  std::ranges::sort(wards_in_order_, {}, [this](const v1::Ward* ward) {
    const v1::Site* site = SiteOfWard(ward->id());
    return std::tuple<std::string_view, std::string_view, int, std::string_view>(
        site ? std::string_view(site->id()) : std::string_view(), ward->building_id(),
        ward->walking_order(), ward->id());
  });
  endpoints_of_ward_.reserve(content_.wards.size());
  for (const v1::Endpoint& endpoint : content_.endpoints) {
    endpoints_of_ward_[endpoint.ward_id()].push_back(&endpoint);
  }
}

const v1::Site* Directory::FindSite(std::string_view id) const { return Find(sites_, id); }
const v1::Building* Directory::FindBuilding(std::string_view id) const {
  return Find(buildings_, id);
}
const v1::Ward* Directory::FindWard(std::string_view id) const { return Find(wards_, id); }
const v1::Endpoint* Directory::FindEndpoint(std::string_view id) const {
  return Find(endpoints_, id);
}
const v1::Team* Directory::FindTeam(std::string_view id) const { return Find(teams_, id); }
const v1::Service* Directory::FindService(std::string_view id) const { return Find(services_, id); }

const v1::Site* Directory::SiteOfWard(std::string_view ward_id) const {
  const v1::Ward* ward = FindWard(ward_id);
  const v1::Building* building = ward ? FindBuilding(ward->building_id()) : nullptr;
  return building ? FindSite(building->site_id()) : nullptr;
}

const std::vector<const v1::Endpoint*>& Directory::EndpointsOfWard(std::string_view ward_id) const {
  static constexpr std::vector<const v1::Endpoint*> kNone;
  const auto found = endpoints_of_ward_.find(ward_id);
  return found == endpoints_of_ward_.end() ? kNone : found->second;
}

v1::EndpointClass::Value Directory::ClassOf(const v1::Endpoint& endpoint) const {
  const v1::Ward* ward = FindWard(endpoint.ward_id());
  // A wall display is no PC: it stays a BOARD wherever it hangs.
  if (endpoint.class_() == v1::EndpointClass::BOARD) return v1::EndpointClass::BOARD;
  if (!ward) return v1::EndpointClass::CLINICAL;
  return endpoint.class_() == v1::EndpointClass::UNSPECIFIED ? DefaultClassOf(ward->type())
                                                             : endpoint.class_();
}

std::vector<const v1::Ward*> Directory::WardsDependingOn(
    const std::vector<std::string>& services) const {
  std::unordered_map<std::string_view, std::vector<std::string_view>> dependants;
  for (const v1::Service& service : content_.services) {
    for (const std::string& needed : service.depends_on())
      dependants[needed].push_back(service.id());
  }
  std::unordered_set<std::string_view> down;
  std::vector<std::string_view> open(services.begin(), services.end());
  while (!open.empty()) {
    const std::string_view service = open.back();
    open.pop_back();
    if (!down.insert(service).second) continue;
    const auto found = dependants.find(service);
    if (found != dependants.end())
      open.insert(open.end(), found->second.begin(), found->second.end());
  }
  std::vector<const v1::Ward*> wards;
  for (const v1::Ward* ward : wards_in_order_) {
    if (std::ranges::any_of(ward->services(),
                            [&](const std::string& id) { return down.contains(id); })) {
      wards.push_back(ward);
    }
  }
  return wards;
}

}  // namespace wardcast
