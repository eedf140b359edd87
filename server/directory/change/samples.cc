#include "server/directory/change/samples.h"

#include <google/protobuf/util/json_util.h>

#include <algorithm>
#include <string>
#include <unordered_set>

#include "wardcast/v1/alert.pb.h"

namespace wardcast {
namespace {

// True if `one` is in `shipped` (ordered by id), unaltered.
template <class T>
bool IsShipped(const T& one, const std::vector<T>& shipped) {
  const auto found = std::ranges::lower_bound(shipped, one.id(), {}, &T::id);
  return found != shipped.end() && found->SerializeAsString() == one.SerializeAsString();
}

}  // namespace

std::vector<std::string_view> DropSamples(LoadedDirectory& loaded,
                                          const DirectoryContent& shipped) {
  std::unordered_set<std::string_view> services;
  for (const v1::Service& service : loaded.services.items) services.insert(service.id());
  const auto is_gone = [&](const std::string& id) { return !services.contains(id); };
  std::vector<std::string_view> lost;
  const auto drop = [&](const char* file, auto& list, const auto& originals,
                        const auto& needs_one_that_is_gone) {
    if (!list.places.empty()) return;
    const auto dropped = std::erase_if(list.items, [&](const auto& one) {
      return needs_one_that_is_gone(one) && IsShipped(one, originals);
    });
    if (dropped > 0) lost.emplace_back(file);
  };
  drop("procedures.json", loaded.procedures, shipped.procedures,
       [&](const v1::Procedure& procedure) {
         return procedure.approved_by().empty() && is_gone(procedure.service_id());
       });
  drop("templates.json", loaded.templates, shipped.templates, [&](const v1::Template& one) {
    v1::Alert alert;
    return google::protobuf::util::JsonStringToMessage(one.alert_json(), &alert).ok() &&
           std::ranges::any_of(alert.services(), is_gone);
  });
  return lost;
}

}  // namespace wardcast
