#include "server/alert/approval.h"

#include <algorithm>

#include "server/alert/drills/drill.h"

namespace wardcast {
namespace {

bool IsFreeText(const v1::Alert& alert, const Directory& directory) {
  return std::ranges::none_of(directory.content().templates, [&](const v1::Template& prepared) {
    return prepared.id() == alert.template_id();
  });
}

}  // namespace

std::string NeedsApproval(const v1::Alert& alert, const ResolvedAudience& audience,
                          const Directory& directory, bool approvers_named) {
  if (!approvers_named || IsDrill(alert)) return {};
  if (alert.presentation() == v1::Presentation::TAKEOVER)
    return "It would take the whole screen, which an approver must see first.";
  if (alert.kind() == v1::Kind::EMERGENCY) return "It is an emergency notice.";
  const std::size_t wards = directory.content().wards.size();
  if (IsFreeText(alert, directory) && audience.wards.size() * 2 > wards) {
    return "It is free text for " + std::to_string(audience.wards.size()) + " of " +
           std::to_string(wards) + " wards: more than half.";
  }
  return {};
}

}  // namespace wardcast
