#include "server/api/alerts/duplicates.h"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "server/alert/cleared.h"
#include "server/alert/drills/drill.h"
#include "server/alert/planned/planned_work.h"
#include "server/alert/zoned_time.h"
#include "server/api/alerts/sending.h"
#include "server/feed/match.h"

namespace wardcast {
namespace {

// The first service that both name and that has not had its all clear; nullptr: none.
const std::string* SharedService(const v1::Alert& open, const v1::Alert& alert) {
  const std::vector<std::string> down = ServicesDown(open);
  const auto shared = std::ranges::find_if(alert.services(), [&](const std::string& id) {
    return std::ranges::find(down, id) != down.end();
  });
  return shared == alert.services().end() ? nullptr : &*shared;
}

}  // namespace

bool IsDuplicate(const v1::Alert& open, const v1::Alert& alert) {
  if (IsDrill(open) != IsDrill(alert) || SharedService(open, alert) == nullptr) return false;
  if (open.id() == alert.id() && !alert.id().empty()) return false;
  // What wards were told for their information does not tell them that something is down.
  if (open.kind() == v1::Kind::INFORMATION && alert.kind() != v1::Kind::INFORMATION) return false;
  if (IsUnbegun(open)) {
    return alert.kind() == v1::Kind::PLANNED_DOWNTIME &&
           (IsOnWards(open) || open.state() == v1::State::SCHEDULED);
  }
  return IsOnWards(open);
}

bool TellsAllOf(const v1::Alert& open, const v1::Alert& alert, const Directory& directory) {
  const AudiencePtr told = AudienceOf(open, directory);
  const AudiencePtr asked = AudienceOf(alert, directory);
  std::set<std::string> wards;
  for (const ResolvedAudience::Ward& ward : told->wards) wards.insert(ward.ward_id);
  return (asked->unplaced.empty() || !told->unplaced.empty()) &&
         std::ranges::all_of(asked->wards, [&](const ResolvedAudience::Ward& ward) {
           return wards.contains(ward.ward_id);
         });
}

std::string DuplicateWords(const v1::Alert& open, const v1::Alert& alert,
                           const Directory& directory) {
  const std::string* id = SharedService(open, alert);
  const v1::Service* service = id ? directory.FindService(*id) : nullptr;
  const std::string name = service ? service->name() : id ? *id : "this service";
  const std::size_t wards = AudienceOf(open, directory)->wards.size();
  const std::string reach = " (" + std::to_string(wards) + (wards == 1 ? " ward)" : " wards)");
  if (!IsOnWards(open)) return name + " has planned work announced already" + reach;
  return name + " has an open notice since " + ClockText(open.published_at()) + reach;
}

}  // namespace wardcast
