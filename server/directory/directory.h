// The hospital's map in memory: immutable, indexed, shared by everything that reads. A change makes
// a new one.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/memo.h"
#include "server/directory/content.h"

namespace wardcast {

// Threads: all functions from any.
class Directory {
 public:
  // `version` grows with each import; 0 is the empty directory.
  Directory(DirectoryContent content, std::int64_t version);

  std::int64_t version() const { return version_; }
  const DirectoryContent& content() const { return content_; }

  // nullptr: no such id. The pointers live as long as this object.
  const v1::Site* FindSite(std::string_view id) const;
  const v1::Building* FindBuilding(std::string_view id) const;
  const v1::Ward* FindWard(std::string_view id) const;
  const v1::Endpoint* FindEndpoint(std::string_view id) const;
  // Which one of content().endpoints it is; one of this directory.
  std::uint32_t NumberOf(const v1::Endpoint& endpoint) const {
    return static_cast<std::uint32_t>(&endpoint - content_.endpoints.data());
  }
  const v1::Team* FindTeam(std::string_view id) const;
  const v1::Service* FindService(std::string_view id) const;

  // The site of a ward (through its building); nullptr: unknown ward.
  const v1::Site* SiteOfWard(std::string_view ward_id) const;
  // Wards in the order of lists: site, building, walking order, id.
  const std::vector<const v1::Ward*>& WardsInOrder() const { return wards_in_order_; }
  const std::vector<const v1::Endpoint*>& EndpointsOfWard(std::string_view ward_id) const;

  // The class after the ward type's default was applied; unplaced and unknown endpoints are
  // CLINICAL.
  v1::EndpointClass::Value ClassOf(const v1::Endpoint& endpoint) const;
  // Wards that depend on any of the services, also through services that depend on them. In list
  // order.
  std::vector<const v1::Ward*> WardsDependingOn(const std::vector<std::string>& services) const;

  // For what others derive from this directory: it lives as long as the directory does.
  Memo& memo() const { return memo_; }

 private:
  // Looks a list up by id; keys point into content_.
  template <class T>
  using Index = std::unordered_map<std::string_view, const T*>;

  const DirectoryContent content_;
  const std::int64_t version_;
  mutable Memo memo_{8};
  Index<v1::Site> sites_;
  Index<v1::Building> buildings_;
  Index<v1::Ward> wards_;
  Index<v1::Endpoint> endpoints_;
  Index<v1::Team> teams_;
  Index<v1::Service> services_;
  std::vector<const v1::Ward*> wards_in_order_;
  std::unordered_map<std::string_view, std::vector<const v1::Endpoint*>> endpoints_of_ward_;
};

using DirectoryPtr = std::shared_ptr<const Directory>;

}  // namespace wardcast
