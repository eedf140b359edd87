// Endpoints that nobody has listed, placed by rules. Pure.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/directory/content.h"

namespace wardcast {

// What the store knows of a machine, beside its id.
struct Machine {
  std::string site_id = {};  // of the token that it enrolled with; empty: not known
  bool revoked = false;      // it is not let in any more
};
// By endpoint id.
using Machines = std::map<std::string, Machine, std::less<>>;

// Rules in the order in which they count: by `order`, then by pattern.
class PlacementRules {
 public:
  // `rules` must outlive this object.
  explicit PlacementRules(const std::vector<v1::PlacementRule>& rules);

  // The endpoint where the first rule that fits puts it; nullopt: none fits. A rule with a site
  // fits no machine whose site is not known.
  std::optional<v1::Endpoint> Place(const std::string& endpoint_id, std::string_view site_id) const;

 private:
  std::vector<const v1::PlacementRule*> rules_;
};

// The list of endpoints as the rules want it.
struct Placed {
  std::vector<v1::Endpoint> endpoints;  // ordered by id
  int added = 0;
  int moved = 0;  // to another ward, class or tags
  int removed = 0;
  int left_out = 0;  // a rule fits, but there would be more than `most` by rule
  bool changed() const { return added + moved + removed > 0; }
};

// Listed endpoints stay as they are. Those by rule are placed anew, or removed if no rule fits any
// more or the machine is revoked. Each of `machines` that is not in the directory, is not revoked,
// and which a rule fits is added, as long as there are fewer than `most` by rule.
Placed PlaceByRules(const DirectoryContent& content, const Machines& machines, std::size_t most);

}  // namespace wardcast
