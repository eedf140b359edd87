#include "server/alert/steps/real_notice.h"

#include <algorithm>
#include <string_view>

#include "server/alert/drills/drill.h"
#include "server/alert/drills/drill_rules.h"
#include "server/alert/life/revision.h"

namespace wardcast {
namespace {

constexpr std::string_view kRealNotice = "real-notice";

bool GoesOutBy(const std::vector<Step>& due) {
  return std::ranges::any_of(due,
                             [](const Step& step) { return step.key.step.starts_with("send@"); });
}

}  // namespace

std::optional<Step> RealNoticeStep(const v1::Alert& alert, const std::vector<Step>& due,
                                   std::span<const v1::Alert* const> open,
                                   const Directory& directory, TimePoint now) {
  if (!IsDrill(alert) || !(IsOnTheWards(alert) || GoesOutBy(due))) return std::nullopt;
  const v1::Alert* real = FindStopping(open, alert, directory);
  if (real == nullptr) return std::nullopt;
  return Step{.key = {.step = std::string(kRealNotice), .target = real->id(), .round = 0},
              .due = now};
}

bool IsRealNotice(const StepKey& key) { return key.step == kRealNotice; }

}  // namespace wardcast
