#include "server/api/alerts/drills.h"

#include <algorithm>
#include <string>
#include <vector>

#include "server/alert/drills/drill.h"
#include "server/alert/drills/drill_rules.h"
#include "server/alert/zoned_time.h"
#include "server/api/alerts/sending.h"
#include "server/feed/match.h"

namespace wardcast {
namespace {

constexpr std::size_t kMostWardsNamed = 3;

// "4 West, ICU and 2 more": the wards that both are for.
std::string CommonWards(const v1::Alert& real, const v1::Alert& drill, const Directory& directory) {
  const AudiencePtr its = AudienceOf(real, directory);
  std::string names;
  std::size_t count = 0;
  for (const ResolvedAudience::Ward& ward : AudienceOf(drill, directory)->wards) {
    const bool common = std::ranges::find(its->wards, ward.ward_id,
                                          &ResolvedAudience::Ward::ward_id) != its->wards.end();
    if (!common || count++ >= kMostWardsNamed) continue;
    const v1::Ward* known = directory.FindWard(ward.ward_id);
    names += (names.empty() ? "" : ", ") + (known ? known->name() : ward.ward_id);
  }
  if (count > kMostWardsNamed) names += " and " + std::to_string(count - kMostWardsNamed) + " more";
  return names;
}

}  // namespace

Result<void> CheckNoRealNotice(const v1::Alert& alert, const Hub& hub, const Directory& directory) {
  if (!IsDrill(alert) || !IsOnWards(alert)) return {};
  const std::vector<AlertFramePtr> open = hub.OpenAlerts();
  std::vector<const v1::Alert*> alerts;
  alerts.reserve(open.size());
  for (const AlertFramePtr& frame : open) alerts.push_back(&frame->alert);
  const v1::Alert* real = FindStopping(alerts, alert, directory);
  if (real == nullptr) return {};
  return Fail(Code::kFailedPrecondition, "a real notice (" + real->id() + ") is open since " +
                                             ClockText(real->published_at()) + " on " +
                                             CommonWards(*real, alert, directory) +
                                             ": hold the drill on other wards, or when that is "
                                             "over");
}

}  // namespace wardcast
