#include "server/alert/drills/drill_rules.h"

#include <algorithm>
#include <string_view>
#include <unordered_set>

#include "server/alert/audience.h"
#include "server/alert/drills/drill.h"

namespace wardcast {
namespace {

bool IsGraveAndOut(const v1::Alert& alert) {
  const bool grave =
      alert.severity() == v1::Severity::SEVERE || alert.severity() == v1::Severity::EXTREME;
  const bool out = alert.state() == v1::State::ACTIVE || alert.state() == v1::State::RECOVERING;
  return grave && out && !IsDrill(alert);
}

bool ShareAWard(const ResolvedAudience& a, const ResolvedAudience& b) {
  std::unordered_set<std::string_view> wards;
  for (const ResolvedAudience::Ward& ward : a.wards) wards.insert(ward.ward_id);
  return std::ranges::any_of(
      b.wards, [&](const ResolvedAudience::Ward& ward) { return wards.contains(ward.ward_id); });
}

}  // namespace

void SpareClinical(v1::Alert& alert) {
  if (!IsDrill(alert)) return;
  v1::Exclusions& exclude = *alert.mutable_audience()->mutable_exclude();
  if (std::ranges::find(exclude.classes(), v1::EndpointClass::CLINICAL) == exclude.classes().end())
    exclude.add_classes(v1::EndpointClass::CLINICAL);
}

bool StopsDrill(const v1::Alert& real, const v1::Alert& drill, const Directory& directory) {
  return IsDrill(drill) && IsGraveAndOut(real) &&
         ShareAWard(*AudienceOf(real, directory), *AudienceOf(drill, directory));
}

const v1::Alert* FindStopping(std::span<const v1::Alert* const> open, const v1::Alert& alert,
                              const Directory& directory) {
  if (!IsDrill(alert)) return nullptr;
  const auto found = std::ranges::find_if(
      open, [&](const v1::Alert* real) { return StopsDrill(*real, alert, directory); });
  return found == open.end() ? nullptr : *found;
}

}  // namespace wardcast
