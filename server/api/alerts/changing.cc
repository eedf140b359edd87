#include "server/api/alerts/changing.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "server/access/roles/confirmation.h"
#include "server/access/roles/scope_check.h"
#include "server/alert/edit.h"
#include "server/alert/lifecycle.h"
#include "server/api/alerts/call.h"
#include "server/api/alerts/commit.h"
#include "server/feed/match.h"

namespace wardcast {

Result<void> CheckClose(const Identity& caller, const v1::Alert& alert,
                        const Directory& directory) {
  if (!IsBoundToPlaces(caller))
    return CheckPublisher(caller, alert, ResolvedAudience(), directory, Extent::kAbout);
  return CheckPublisher(caller, alert, *AudienceOf(alert, directory), directory, Extent::kAbout);
}

Result<void> CheckEditor(const Identity& caller, const v1::Alert& draft,
                         const std::vector<std::string>& editors, const Directory& directory) {
  if (std::ranges::find(editors, caller.name) != editors.end()) return {};
  return CheckClose(caller, draft, directory);
}

Result<std::optional<AlertDecision>> DecideChange(const Changing& changing,
                                                  const v1::Alert& current, v1::Alert updated) {
  const Directory& directory = changing.directory;
  const Identity& caller = changing.caller;
  if (auto mine = CheckClose(caller, current, directory); !mine)
    return std::unexpected(mine.error());
  const AudiencePtr audience = AudienceOf(updated, directory);
  const AudiencePtr before = AudienceOf(current, directory);
  const bool keeps_reach = changing.own && audience->expected_count() <= before->expected_count() &&
                           caller.kind == Identity::Kind::kPerson;
  std::string reach_why;
  if (!keeps_reach && changing.approvers)
    reach_why = WhyReachApproval(caller, updated, *audience, directory, changing.approvers);
  const Extent extent = keeps_reach || !reach_why.empty() ? Extent::kButReach : Extent::kWhole;
  if (auto allowed = CheckPublisher(caller, updated, *audience, directory, extent); !allowed)
    return std::unexpected(allowed.error());
  if (IsWide(updated, *audience, directory)) {
    const bool becomes = !IsWide(current, *before, directory);
    if (becomes) {
      if (auto same = CheckReach(caller, changing.confirmed, updated, *audience, directory); !same)
        return std::unexpected(same.error());
    }
    if (becomes || updated.round() > current.round()) {
      if (auto confirmed = CheckConfirmed(caller, changing.now); !confirmed)
        return std::unexpected(confirmed.error());
    }
  }
  if (changing.approvers == nullptr) return DecisionFor(std::move(updated), directory);
  std::string why = WhyApproval(updated, *audience, directory, changing.approvers);
  const bool asks_anew =
      !why.empty() && WhyApproval(current, *before, directory, changing.approvers).empty();
  if (asks_anew || !reach_why.empty()) {
    why = BothReasons(why, reach_why);
    if (IsOnWards(current)) {
      return Fail(Code::kFailedPrecondition,
                  why +
                      " What is out already cannot wait for an approver: publish that as a notice "
                      "of its own");
    }
    updated = AwaitingApproval(std::move(updated), why, changing.now);
  }
  return DecisionFor(std::move(updated), directory);
}

bool BearsOnApproval(const v1::UpdateAlertRequest& request) {
  // What NeedsApproval looks at; a raised severity may bring another presentation.
  static constexpr std::array<std::string_view, 6> kFields = {
      "kind", "severity", "presentation", "template_id", "audience", "services"};
  const auto& paths = request.update_mask().paths();
  if (!paths.empty()) {
    return std::ranges::any_of(kFields, [&](std::string_view name) {
      return std::ranges::find(paths, name) != paths.end();
    });
  }
  std::vector<const google::protobuf::FieldDescriptor*> set;
  request.alert().GetReflection()->ListFields(request.alert(), &set);
  return std::ranges::any_of(set, [&](const google::protobuf::FieldDescriptor* field) {
    return std::ranges::find(kFields, field->name()) != kFields.end();
  });
}

v1::UpdateAlertRequest AsOverwrite(const v1::Alert& written, const std::string& alert_id) {
  v1::UpdateAlertRequest update;
  update.set_alert_id(alert_id);
  *update.mutable_alert() = written;
  const auto* descriptor = v1::Alert::descriptor();
  for (int i = 0; i < descriptor->field_count(); ++i) {
    if (IsEditable(descriptor->field(i)->name()))
      update.mutable_update_mask()->add_paths(descriptor->field(i)->name());
  }
  return update;
}

}  // namespace wardcast
